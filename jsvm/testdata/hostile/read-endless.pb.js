// A file without an end.
//
// answers: 400|503
routerAdd("GET", "/hostile/read-endless", (c) => {
  $os.readFile("/dev/zero");
});
