// Other functions in the place of global ones.
//
// answers: 200 done
routerAdd("GET", "/hostile/tamper-statics", (c) => {
  const evil = () => { throw new Error("poisoned"); };
  const attempt = (fn) => { try { fn(); } catch (e) { } };
  attempt(() => { JSON.parse = evil; });
  attempt(() => { JSON.stringify = evil; });
  attempt(() => { Object.keys = evil; });
  attempt(() => { Array.isArray = evil; });
  attempt(() => { Math.max = evil; });
  attempt(() => { Date.now = evil; });
  attempt(() => { Symbol.iterator = evil; });
  attempt(() => { Reflect.ownKeys = evil; });
  return c.string(200, "done");
});
