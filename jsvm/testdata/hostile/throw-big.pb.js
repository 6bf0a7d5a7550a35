// An error with a long text.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/throw-big", (c) => {
  throw new Error("x".repeat(6e7));
});
