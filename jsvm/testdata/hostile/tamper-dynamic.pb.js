// The same, by names that are put together.
//
// answers: 200 done
routerAdd("GET", "/hostile/tamper-dynamic", (c) => {
  const evil = () => { throw new Error("poisoned"); };
  const attempt = (fn) => { try { fn(); } catch (e) { } };
  const p = "proto" + "type", u = "__pro" + "to__";
  attempt(() => { [][u]["ma" + "p"] = evil; });
  attempt(() => { ""[u].trim = evil; });
  attempt(() => { Object.getPrototypeOf(new Map()).get = evil; });
  attempt(() => { Reflect.getPrototypeOf(/x/).test = evil; });
  attempt(() => { Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())).next = evil; });
  attempt(() => { Object.getPrototypeOf([][Symbol.iterator]()).next = evil; });
  attempt(() => { new Function("Array.prototype.filter = () => { throw 1 }")(); });
  attempt(() => { eval("Array.prototype.some = () => { throw 1 }"); });
  return c.string(200, "done");
});
