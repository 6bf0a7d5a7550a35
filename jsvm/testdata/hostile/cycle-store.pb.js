// An object within itself for the store.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/cycle-store", (c) => {
  const o = {};
  o.o = o;
  $app.store().set("cycle", o);
});
