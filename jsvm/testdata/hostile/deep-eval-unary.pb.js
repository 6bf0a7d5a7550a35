// Code with a long row of operators.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/deep-eval-unary", (c) => {
  eval("!".repeat(9e5) + "1");
});
