// A text split by a slow pattern.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/regexp-split", (c) => {
  "x".repeat(3e5).split(/x*y|xx/);
});
