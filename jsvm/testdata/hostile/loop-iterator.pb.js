// An iterator without an end, spread.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/loop-iterator", (c) => {
  return c.json(200, [...{ [Symbol.iterator]: () => ({ next: () => ({ value: 0, done: false }) }) }]);
});
