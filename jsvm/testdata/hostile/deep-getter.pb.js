// A getter that asks itself.
//
// answers: 503 too much recursion
routerAdd("GET", "/hostile/deep-getter", (c) => {
  const o = { get a() { return this.a; } };
  return c.json(200, o.a);
});
