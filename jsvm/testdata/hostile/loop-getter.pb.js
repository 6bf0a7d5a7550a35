// A getter that never returns.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-getter", (c) => {
  const o = { get a() { for (;;) {} } };
  return c.json(200, o);
});
