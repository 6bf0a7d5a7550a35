// JSON that consists of indentation.
//
// answers: 503 Script stopped|400
routerAdd("GET", "/hostile/bomb-json-indent", (c) => {
  let a = [];
  for (let i = 0; i < 9000; i++) a = [a, 1, 1];
  JSON.stringify(a, null, 10);
});
