// node:timers: the global functions.
module.exports = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: (fn, ...args) => globalThis.setTimeout(fn, 0, ...args),
  clearImmediate: (id) => globalThis.clearTimeout(id),
};
