// A promise that nothing can settle.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/never-settles", async (c) => {
  await new Promise(() => {});
});
