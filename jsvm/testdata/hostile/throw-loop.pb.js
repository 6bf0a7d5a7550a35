// An error whose text never comes.
//
// answers: 400|503
routerAdd("GET", "/hostile/throw-loop", (c) => {
  const e = new Error("x");
  Object.defineProperty(e, "message", { get() { for (;;) {} } });
  throw e;
});
