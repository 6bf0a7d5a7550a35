// Traps of a proxy that never return.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-proxy", (c) => {
  const p = new Proxy({}, { get() { for (;;) {} }, ownKeys() { for (;;) {} } });
  return c.json(200, p.x);
});
