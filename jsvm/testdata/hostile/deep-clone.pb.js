// A deep object, cloned.
//
// answers: 503 Script stopped|400
routerAdd("GET", "/hostile/deep-clone", (c) => {
  let o = {};
  for (let i = 0; i < 1e5; i++) o = { o };
  structuredClone(o);
});
