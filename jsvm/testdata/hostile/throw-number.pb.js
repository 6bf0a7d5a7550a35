// A number, thrown.
//
// answers: 400 Something went wrong
// log: 42
routerAdd("GET", "/hostile/throw-number", (c) => {
  throw 42;
});
