// A list within itself, flattened.
//
// answers: 503 Script stopped|400
routerAdd("GET", "/hostile/deep-flat", (c) => {
  const a = [1];
  a.push(a, a);
  a.flat(Infinity);
});
