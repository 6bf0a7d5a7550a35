// A list of holes as arguments.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-apply", (c) => {
  Math.max.apply(null, { length: 3e8 });
});
