// node:stream, as far as packages extend it. Data does not flow.
const EventEmitter = require("node:events");

function unavailable() {
  throw new Error("node:stream: streams are not available in scripts");
}

class Stream extends EventEmitter {
  pipe() {
    unavailable();
  }
}
class Readable extends Stream {
  static from() {
    unavailable();
  }
  read() {
    unavailable();
  }
  push() {
    unavailable();
  }
}
class Writable extends Stream {
  write() {
    unavailable();
  }
  end() {
    unavailable();
  }
}
class Duplex extends Writable {}
class Transform extends Duplex {}
class PassThrough extends Transform {}

const classes = { Readable, Writable, Duplex, Transform, PassThrough };
const callable = (cls) => new Proxy(cls, { apply: () => undefined });
const Callable = callable(Stream);
for (const [name, cls] of Object.entries(classes)) Stream[name] = callable(cls);
Stream.Stream = Callable;
Stream.pipeline = unavailable;
Stream.finished = unavailable;
Stream.promises = { pipeline: unavailable, finished: unavailable };
module.exports = Callable;
