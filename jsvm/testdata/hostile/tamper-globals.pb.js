// Other values in the place of global ones.
//
// answers: 200 done
routerAdd("GET", "/hostile/tamper-globals", (c) => {
  const evil = () => { throw new Error("poisoned"); };
  const attempt = (fn) => { try { fn(); } catch (e) { } };
  attempt(() => { JSON = evil; });
  attempt(() => { globalThis.Array = evil; });
  attempt(() => { globalThis["Obj" + "ect"] = evil; });
  attempt(() => { $app = null; });
  attempt(() => { globalThis.$security = {}; });
  attempt(() => { $http.send = evil; });
  attempt(() => { console.log = evil; });
  attempt(() => { require = evil; });
  attempt(() => { delete globalThis.Math; });
  attempt(() => { fetch = evil; });
  attempt(() => { parseInt = evil; });
  return c.string(200, "done");
});
