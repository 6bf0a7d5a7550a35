// A list of holes, spread.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-spread", (c) => {
  [...Array(3e8)];
});
