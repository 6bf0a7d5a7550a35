// An object within itself as the answer.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/cycle-answer", (c) => {
  const o = {};
  o.o = o;
  return c.json(200, o);
});
