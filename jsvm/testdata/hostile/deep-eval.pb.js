// Code with deep brackets.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/deep-eval", (c) => {
  eval("[".repeat(5e5) + "]".repeat(5e5));
});
