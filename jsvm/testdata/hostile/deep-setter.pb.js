// A setter that sets itself.
//
// answers: 503 too much recursion
routerAdd("GET", "/hostile/deep-setter", (c) => {
  const o = { set a(v) { this.a = v; } };
  o.a = 1;
});
