// node:stream/web: the streams that can be read.
module.exports = {
  get ReadableStream() { return globalThis.ReadableStream; },
  get ReadableStreamDefaultReader() { return globalThis.ReadableStreamDefaultReader; },
};
