// A text that doubles.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-text", (c) => {
  let s = "ä";
  for (;;) s += s;
});
