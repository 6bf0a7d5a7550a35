// A pattern that looks to the end of the text at each place.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/regexp-quadratic", (c) => {
  "x".repeat(3e5).replace(/x*y|x/g, "z");
});
