// Timers beyond counting.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-timers", (c) => {
  for (let i = 0; i < 1e6; i++) setTimeout(() => {}, 1e6);
});
