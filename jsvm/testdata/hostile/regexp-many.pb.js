// Millions of matches.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/regexp-many", (c) => {
  "x".repeat(6e7).match(/x/g).length;
});
