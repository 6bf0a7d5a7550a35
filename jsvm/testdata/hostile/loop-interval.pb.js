// A busy interval that nobody stops.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/loop-interval", async (c) => {
  setInterval(() => { for (let i = 0; i < 1e5; i++); }, 1);
  await new Promise(() => {});
});
