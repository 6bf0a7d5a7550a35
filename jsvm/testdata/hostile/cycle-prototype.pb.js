// A prototype within itself.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/cycle-prototype", (c) => {
  const a = {}, b = Object.create(a);
  Object.setPrototypeOf(a, b);
});
