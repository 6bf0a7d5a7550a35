// The constructor of generators with deep brackets.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/deep-function-constructor", (c) => {
  (function* () {}).constructor("yield " + "[".repeat(5e5) + "]".repeat(5e5));
});
