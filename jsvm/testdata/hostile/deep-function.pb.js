// A function that calls itself.
//
// answers: 503 too much recursion
routerAdd("GET", "/hostile/deep-function", (c) => {
  const f = () => f() + 1;
  return f();
});
