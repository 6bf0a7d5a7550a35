// Built-in classes by other names.
//
// answers: 200 done
routerAdd("GET", "/hostile/tamper-renamed", (c) => {
  for (const each of [Array, String]) each.prototype.polluted = 1;
  const classes = { Array };
  classes.Array.isArray = () => 7;
  const text = "x".constructor;
  text.prototype.trim = () => 7;
  class List extends Array {}
  Object.getPrototypeOf(List).from = () => 7;
  return c.string(200, "done");
});
