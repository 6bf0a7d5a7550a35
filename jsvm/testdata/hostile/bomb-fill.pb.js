// A list filled to any length.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-fill", (c) => {
  Array(1e9).fill(0);
});
