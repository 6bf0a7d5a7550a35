// Functions bound to bound functions.
//
// answers: 200 done|503
routerAdd("GET", "/hostile/deep-bind", (c) => {
  let f = () => 1;
  for (let i = 0; i < 5e5; i++) f = f.bind(null);
  f();
  return c.string(200, "done");
});
