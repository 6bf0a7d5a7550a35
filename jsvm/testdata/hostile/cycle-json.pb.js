// An object within itself as JSON.
//
// answers: 400 Something went wrong
// log: circular
routerAdd("GET", "/hostile/cycle-json", (c) => {
  const o = {};
  o.o = [o];
  JSON.stringify(o);
});
