// An error in a timer.
//
// answers: 400
routerAdd("GET", "/hostile/throw-later", async (c) => {
  setTimeout(() => { throw new Error("later"); }, 1);
  await new Promise((done) => setTimeout(done, 1000));
});
