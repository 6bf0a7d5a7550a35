// Timers and micro-tasks.
(native) => ({
  setTimeout: native.setTimeout,
  setInterval: native.setInterval,
  setImmediate: native.setImmediate,
  clearTimeout: native.clearTimeout,
  clearInterval: native.clearInterval,
  clearImmediate: native.clearImmediate,
  queueMicrotask: function queueMicrotask(fn) {
    if (typeof fn !== "function") throw new TypeError("queueMicrotask expects a function");
    Promise.resolve().then(() => { fn(); });
  },
})
