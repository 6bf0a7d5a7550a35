// Other functions in the place of built-in ones.
//
// answers: 200 done
routerAdd("GET", "/hostile/tamper-prototypes", (c) => {
  const evil = () => { throw new Error("poisoned"); };
  const attempt = (fn) => { try { fn(); } catch (e) { } };
  attempt(() => { Array.prototype.map = evil; });
  attempt(() => { Array.prototype.push = evil; });
  attempt(() => { String.prototype.trim = evil; });
  attempt(() => { Object.prototype.toString = evil; });
  attempt(() => { Function.prototype.call = evil; });
  attempt(() => { Promise.prototype.then = evil; });
  attempt(() => { Map.prototype.get = evil; });
  attempt(() => { Number.prototype.toFixed = evil; });
  attempt(() => { RegExp.prototype.exec = evil; });
  attempt(() => { Date.prototype.getTime = evil; });
  return c.string(200, "done");
});
