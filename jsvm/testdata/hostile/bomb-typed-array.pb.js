// A typed array of any size.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-typed-array", (c) => {
  new Float64Array(2 ** 33);
});
