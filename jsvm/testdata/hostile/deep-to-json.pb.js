// toJSON that makes JSON of itself.
//
// answers: 503 Script stopped|400
routerAdd("GET", "/hostile/deep-to-json", (c) => {
  const o = { toJSON() { return JSON.stringify(this); } };
  JSON.stringify(o);
});
