// A reviver that never returns.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-reviver", (c) => {
  JSON.parse("[1]", () => { for (;;) {} });
});
