// A list of holes as arguments.
//
// answers: 503 Script stopped
routerAdd("GET", "/hostile/bomb-spread-call", (c) => {
  Math.max(...Array(3e8));
});
