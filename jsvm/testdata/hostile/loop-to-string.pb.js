// An object whose text never comes.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-to-string", (c) => {
  return c.string(200, `${{ toString() { for (;;) {} } }}`);
});
