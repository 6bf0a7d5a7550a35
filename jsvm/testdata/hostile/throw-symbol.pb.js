// A symbol, thrown.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/throw-symbol", (c) => {
  throw Symbol("s");
});
