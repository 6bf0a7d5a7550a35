// node:buffer
const runtime = require("buffer");
const BufferClass = typeof globalThis.Buffer === "function" ? globalThis.Buffer : runtime.Buffer;
module.exports = {
  Buffer: BufferClass,
  SlowBuffer: BufferClass,
  kMaxLength: 2 ** 28,
  constants: { MAX_LENGTH: 2 ** 28, MAX_STRING_LENGTH: 2 ** 26 },
  atob: (text) => BufferClass.from(text, "base64").toString("latin1"),
  btoa: (text) => BufferClass.from(text, "latin1").toString("base64"),
  get Blob() { return globalThis.Blob; },
  get File() { return globalThis.File; },
  isUtf8: (bytes) => BufferClass.from(bytes).equals(BufferClass.from(BufferClass.from(bytes).toString("utf8"))),
};
