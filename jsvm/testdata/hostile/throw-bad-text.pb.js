// An error whose text throws.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/throw-bad-text", (c) => {
  const e = new Error("x");
  Object.defineProperty(e, "message", { get() { throw e; } });
  e.toString = () => { throw e; };
  throw e;
});
