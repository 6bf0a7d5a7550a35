// A text repeated too often.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-repeat", (c) => {
  "x".repeat(2 ** 40);
});
