// A deep regular expression.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/deep-regexp", (c) => {
  new RegExp("(".repeat(1e5) + ")".repeat(1e5));
});
