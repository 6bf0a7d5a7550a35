// A text that doubles, in a template.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-template", (c) => {
  let s = "x";
  for (;;) s = `${s}${s}`;
});
