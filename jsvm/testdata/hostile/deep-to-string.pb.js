// A text made of itself.
//
// answers: 503 too much recursion
routerAdd("GET", "/hostile/deep-to-string", (c) => {
  const o = { toString() { return `${this}`; } };
  return c.string(200, String(o));
});
