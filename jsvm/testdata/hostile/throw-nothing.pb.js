// Nothing, thrown.
//
// answers: 400 Something went wrong
// log: undefined
routerAdd("GET", "/hostile/throw-nothing", (c) => {
  throw undefined;
});
