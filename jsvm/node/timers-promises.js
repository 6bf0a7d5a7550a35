// node:timers/promises
module.exports = {
  setTimeout: (ms, value) => new Promise((resolve) => globalThis.setTimeout(() => resolve(value), ms)),
  setImmediate: (value) => new Promise((resolve) => globalThis.setTimeout(() => resolve(value), 0)),
};
