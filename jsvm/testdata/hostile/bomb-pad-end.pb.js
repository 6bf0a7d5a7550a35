// Texts padded to any length.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-pad-end", (c) => {
  "x".padEnd(2 ** 30, "ab");
});
