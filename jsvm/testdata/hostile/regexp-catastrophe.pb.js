// A pattern with a look-ahead that tries everything.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/regexp-catastrophe", (c) => {
  /^(?=x)(x+x+)+y$/.test("x".repeat(40));
});
