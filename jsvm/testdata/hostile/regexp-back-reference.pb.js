// A pattern with a back reference that tries everything.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/regexp-back-reference", (c) => {
  /^(x+)+\1y$/.test("x".repeat(60));
});
