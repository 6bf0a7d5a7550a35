// References that may be held strongly: when the engine collects cannot be seen by scripts.
() => ({
  WeakRef: class WeakRef {
    #target;
    constructor(target) {
      if (Object(target) !== target) throw new TypeError("WeakRef: target must be an object");
      this.#target = target;
    }
    deref() { return this.#target; }
  },
  FinalizationRegistry: class FinalizationRegistry {
    constructor(callback) {
      if (typeof callback !== "function") throw new TypeError("FinalizationRegistry: callback must be a function");
    }
    register() {}
    unregister() { return false; }
  },
})
