// Generators that delegate to generators.
//
// answers: 503|400
routerAdd("GET", "/hostile/deep-generators", (c) => {
  function* wrap(inner) { yield* inner; }
  let g = [1][Symbol.iterator]();
  for (let i = 0; i < 1e5; i++) g = wrap(g);
  g.next();
  return c.string(200, "done");
});
