// A long text looked for in a longer one.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/search-quadratic", (c) => {
  ("ä".repeat(3e7)).indexOf("ä".repeat(1e7) + "x");
});
