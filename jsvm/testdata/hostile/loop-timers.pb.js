// Timers that start the next one.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-timers", async (c) => {
  await new Promise(() => {
    const next = () => setTimeout(next, 0);
    next();
  });
});
