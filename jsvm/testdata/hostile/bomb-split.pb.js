// A text taken apart into its characters.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/bomb-split", (c) => {
  "x".repeat(6e7).split("");
});
