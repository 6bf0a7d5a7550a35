// Texts padded to any length.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-pad", (c) => {
  "x".padStart(2 ** 30);
});
