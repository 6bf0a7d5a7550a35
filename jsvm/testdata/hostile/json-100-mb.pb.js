// 100 MB of JSON.
//
// answers: 400|503
routerAdd("GET", "/hostile/json-100-mb", (c) => {
  let item = JSON.stringify({ a: "x".repeat(1000) });
  let text = item;
  while (text.length < 1e8) text += "," + text;
  JSON.parse("[" + text + "]");
  for (;;) {}
});
