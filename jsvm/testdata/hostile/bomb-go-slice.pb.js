// A Go list set to any length.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/bomb-go-slice", (c) => {
  const list = arrayOf(new DynamicModel({ a: "" }));
  list.length = 1e12;
});
