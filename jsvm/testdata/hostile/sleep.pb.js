// A handler that sleeps.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/sleep", (c) => {
  sleep(3600e3);
});
