// Deep JSON.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/deep-parse", (c) => {
  JSON.parse("[".repeat(1e6) + "]".repeat(1e6));
});
