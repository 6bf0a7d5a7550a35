// A long text out of few words.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/bomb-join", (c) => {
  Array(1e4).fill("x".repeat(1e6)).join();
});
