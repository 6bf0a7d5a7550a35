// Code that evaluates code.
//
// answers: 503 too much recursion
routerAdd("GET", "/hostile/deep-eval-nested", (c) => {
  globalThis.again = "eval(again)";
  eval(again);
});
