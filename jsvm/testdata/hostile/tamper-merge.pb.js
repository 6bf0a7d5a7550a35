// Data of a request merged into an object.
//
// answers: 400 Something went wrong
routerAdd("GET", "/hostile/tamper-merge", (c) => {
  const merge = (to, from) => {
    for (const key of Object.keys(from)) {
      if (typeof from[key] === "object" && typeof to[key] !== "undefined") merge(to[key], from[key]);
      else to[key] = from[key];
    }
    return to;
  };
  merge({}, JSON.parse('{"__proto__": {"polluted": true, "toString": 1, "valueOf": 1}}'));
  merge({}, JSON.parse('{"constructor": {"prototype": {"polluted": true}, "keys": 1}}'));
  return c.string(200, "done");
});
