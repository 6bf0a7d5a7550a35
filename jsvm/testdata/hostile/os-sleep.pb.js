// A command that sleeps.
//
// answers: 503 longer than its time limit
routerAdd("GET", "/hostile/os-sleep", (c) => {
  $os.cmd("sleep", "60").run();
});
