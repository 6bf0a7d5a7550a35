// An async function that never gets to its end.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-async", async (c) => {
  for (;;) await null;
});
