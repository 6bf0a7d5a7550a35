// A timer that is due in an hour.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/waits-for-long", async (c) => {
  await new Promise((done) => setTimeout(done, 3600e3));
});
