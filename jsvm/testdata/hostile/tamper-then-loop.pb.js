// Tampers, and is stopped before it ends.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/tamper-then-loop", (c) => {
  Array.prototype.map = () => { throw new Error("poisoned"); };
  for (;;) {}
});
