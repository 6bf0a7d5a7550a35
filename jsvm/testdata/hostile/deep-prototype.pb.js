// A long chain of prototypes.
//
// answers: 200 done|503
routerAdd("GET", "/hostile/deep-prototype", (c) => {
  function F() {}
  let o = {};
  for (let i = 0; i < 2e6; i++) { F.prototype = o; o = new F(); }
  o.x;
  return c.string(200, "done");
});
