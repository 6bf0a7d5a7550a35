// Members that every object inherits.
//
// answers: 200 done
routerAdd("GET", "/hostile/tamper-pollution", (c) => {
  const attempt = (fn) => { try { fn(); } catch (e) { } };
  attempt(() => { Object.prototype.polluted = true; });
  attempt(() => { ({}).__proto__.polluted = true; });
  attempt(() => { Object.defineProperty(Object.prototype, "polluted", { value: true, enumerable: true }); });
  attempt(() => { ({}).constructor.prototype.polluted = true; });
  attempt(() => { Array.prototype.polluted = true; });
  attempt(() => { [].__proto__[7] = "polluted"; });
  attempt(() => { Object.setPrototypeOf(Object.prototype, { polluted: true }); });
  attempt(() => { Object.setPrototypeOf(Array.prototype, { polluted: true }); });
  return c.string(200, "done");
});
