// A catastrophe in a loop that catches errors.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/regexp-caught", (c) => {
  for (;;) { try { /^(?=x)(x+x+)+y$/.test("x".repeat(35)); } catch (e) {} }
});
