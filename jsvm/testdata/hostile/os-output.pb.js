// A command that prints without end.
//
// answers: 400|503
routerAdd("GET", "/hostile/os-output", (c) => {
  $os.cmd("yes").output();
});
