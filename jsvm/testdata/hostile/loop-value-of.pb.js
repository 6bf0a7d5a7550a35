// An object whose number never comes.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-value-of", (c) => {
  return c.json(200, 1 + { valueOf() { for (;;) {} } });
});
