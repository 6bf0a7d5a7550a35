// A list from a length.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-from", (c) => {
  Array.from({ length: 1e9 });
});
