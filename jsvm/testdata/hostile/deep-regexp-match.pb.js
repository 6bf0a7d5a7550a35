// A text as a deep regular expression.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/deep-regexp-match", (c) => {
  "x".match("(".repeat(1e5) + ")".repeat(1e5));
});
