// Proxies of proxies.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/deep-proxy", (c) => {
  let p = {};
  for (let i = 0; i < 1e6; i++) p = new Proxy(p, {});
  p.x;
  return c.string(200, "done");
});
