// toJSON that never returns.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-to-json", (c) => {
  JSON.stringify({ toJSON() { for (;;) {} } });
});
