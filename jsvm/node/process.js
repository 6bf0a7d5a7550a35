// node:process: what scripts have, and fixed answers to common questions.
const started = Date.now();
const fixed = {
  env: {},
  argv: ["tacklebox"],
  execArgv: [],
  platform: "linux",
  arch: "x64",
  pid: 0,
  version: "",
  versions: {},
  release: { name: "tacklebox" },
  exitCode: undefined,
  stdout: { isTTY: false, write: (text) => (console.log(String(text).replace(/\n$/, "")), true) },
  stderr: { isTTY: false, write: (text) => (console.error(String(text).replace(/\n$/, "")), true) },
  cwd: () => $os.getwd(),
  uptime: () => (Date.now() - started) / 1000,
  nextTick: (fn, ...args) => void Promise.resolve().then(() => fn(...args)),
  hrtime: Object.assign(
    (before) => {
      const now = Date.now() - started;
      const time = [Math.floor(now / 1000), (now % 1000) * 1e6];
      if (!before) return time;
      const nanos = time[1] - before[1];
      return [time[0] - before[0] - (nanos < 0 ? 1 : 0), nanos < 0 ? nanos + 1e9 : nanos];
    },
    { bigint: () => BigInt(Date.now() - started) * 1000000n },
  ),
  memoryUsage: () => ({ rss: 0, heapTotal: 0, heapUsed: 0, external: 0, arrayBuffers: 0 }),
  emitWarning: (warning) => console.warn(String(warning)),
  on: () => fixed,
  once: () => fixed,
  off: () => fixed,
  removeListener: () => fixed,
  emit: () => false,
  listenerCount: () => 0,
  exit: () => {
    throw new Error("process.exit is not available in scripts");
  },
};
module.exports = Object.assign(fixed, globalThis.process);
