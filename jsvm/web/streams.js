// Streams that can be read. What can be written does not exist, so there is nothing to pipe to.
(native) => {
  const lacking = (method) => {
    throw new (native.part("events").DOMException)(`ReadableStream.${method} is not supported: there are no streams to write to.`, "NotSupportedError");
  };
  const states = new WeakMap();
  const stateOf = (stream) => states.get(stream) ?? (() => { throw new TypeError("expected a ReadableStream"); })();
  const done = () => ({ value: undefined, done: true });

  // settle gives what is there to those who wait for it.
  const settle = (state) => {
    while (state.waiting.length > 0) {
      if (state.queue.length > 0) state.waiting.shift().resolve({ value: state.queue.shift(), done: false });
      else if (state.failed) state.waiting.shift().reject(state.error);
      else if (state.closing) state.waiting.shift().resolve(done());
      else break;
    }
    if (state.queue.length > 0 || !(state.failed || state.closing) || state.ended) return;
    state.ended = true;
    if (state.failed) state.finished.reject(state.error);
    else state.finished.resolve();
  };
  const fail = (state, error) => {
    if (state.failed || state.closing) return;
    Object.assign(state, { failed: true, error, queue: [] });
    settle(state);
  };
  const close = (state) => {
    state.closing = true;
    settle(state);
  };
  const desired = (state) => (state.failed ? null : state.closing ? 0 : state.highWaterMark - state.queue.length);

  // pull asks the source for more, once at a time, as long as somebody waits or there is room.
  const pull = (state) => {
    if (!state.started || state.failed || state.closing || !state.source.pull) return;
    if (state.waiting.length === 0 && desired(state) <= 0) return;
    if (state.pulling) { state.again = true; return; }
    state.pulling = true;
    Promise.try(() => state.source.pull(state.controller)).then(() => {
      state.pulling = false;
      if (!state.again) return;
      state.again = false;
      pull(state);
    }, (error) => fail(state, error));
  };
  const read = (state) => {
    state.disturbed = true;
    const next = Promise.withResolvers();
    state.waiting.push(next);
    settle(state);
    pull(state);
    return next.promise;
  };
  const cancel = async (state, reason) => {
    state.disturbed = true;
    if (state.failed) throw state.error;
    if (state.closing && state.queue.length === 0) return;
    state.queue = [];
    close(state);
    await state.source.cancel?.(reason);
  };

  class ReadableStreamDefaultController {
    #state;
    constructor(state) { this.#state = state; }
    get desiredSize() { return desired(this.#state); }
    enqueue(chunk) {
      if (this.#state.failed || this.#state.closing) throw new TypeError("The stream is closed");
      this.#state.queue.push(chunk);
      settle(this.#state);
      pull(this.#state);
    }
    close() {
      if (this.#state.failed || this.#state.closing) throw new TypeError("The stream is closed");
      close(this.#state);
    }
    error(reason) { fail(this.#state, reason); }
  }

  class ReadableStreamDefaultReader {
    #state; #released;
    constructor(stream) {
      this.#state = stateOf(stream);
      if (this.#state.reader) throw new TypeError("The stream is locked");
      this.#state.reader = this;
    }
    async #own(fn) {
      if (this.#released) throw new TypeError("The reader has been released");
      return fn(this.#state);
    }
    get closed() { return this.#own((state) => state.finished.promise); }
    read() { return this.#own(read); }
    cancel(reason) { return this.#own((state) => cancel(state, reason)); }
    releaseLock() {
      if (this.#released) return;
      this.#released = true;
      this.#state.reader = null;
      for (const next of this.#state.waiting.splice(0)) next.reject(new TypeError("The reader has been released"));
    }
  }

  class ReadableStream {
    constructor(source = {}, strategy = {}) {
      if (source?.type !== undefined) throw new TypeError("ReadableStream: streams of bytes are not supported, leave out the type");
      const state = {
        source: source ?? {}, highWaterMark: strategy?.highWaterMark ?? 1, queue: [], waiting: [], finished: Promise.withResolvers(),
      };
      state.finished.promise.catch(() => {}); // not everybody asks for it
      state.controller = new ReadableStreamDefaultController(state);
      states.set(this, state);
      Promise.resolve(state.source.start?.(state.controller)).then(() => {
        state.started = true;
        pull(state);
      }, (error) => fail(state, error));
    }
    static from(items) {
      const iterator = items[Symbol.asyncIterator]?.() ?? items[Symbol.iterator]();
      return new ReadableStream({
        async pull(controller) {
          const { value, done: ended } = await iterator.next();
          if (ended) controller.close();
          else controller.enqueue(await value);
        },
        cancel(reason) { return iterator.return?.(reason); },
      }, { highWaterMark: 0 });
    }
    get locked() { return Boolean(stateOf(this).reader); }
    getReader(options) {
      if (options?.mode !== undefined) throw new TypeError("ReadableStream: streams of bytes are not supported, leave out the mode");
      return new ReadableStreamDefaultReader(this);
    }
    async cancel(reason) {
      if (this.locked) throw new TypeError("The stream is locked");
      return cancel(stateOf(this), reason);
    }
    tee() {
      const reader = this.getReader(), branches = [], reasons = [];
      const pullBoth = async () => {
        const { value, done: ended } = await reader.read();
        for (const branch of branches) {
          if (branch.cancelled) continue;
          if (ended) branch.controller.close();
          else branch.controller.enqueue(value);
        }
      };
      const cancelOne = async (branch, reason) => {
        branch.cancelled = true;
        reasons.push(reason);
        if (branches.every((each) => each.cancelled)) await reader.cancel(reasons);
      };
      return [0, 1].map((i) => new ReadableStream({
        start: (controller) => { branches[i] = { controller }; },
        pull: pullBoth,
        cancel: (reason) => cancelOne(branches[i], reason),
      }, { highWaterMark: 0 }));
    }
    values(options) {
      const reader = this.getReader();
      return {
        async next() {
          const step = await reader.read();
          if (step.done) reader.releaseLock();
          return step;
        },
        async return(value) {
          if (!options?.preventCancel) await reader.cancel(value);
          reader.releaseLock();
          return { value, done: true };
        },
        [Symbol.asyncIterator]() { return this; },
      };
    }
    [Symbol.asyncIterator](options) { return this.values(options); }
    pipeTo() { lacking("pipeTo"); }
    pipeThrough() { lacking("pipeThrough"); }
  }
  Object.defineProperty(ReadableStream.prototype, Symbol.toStringTag, { value: "ReadableStream", configurable: true });

  return {
    ReadableStream, ReadableStreamDefaultReader,
    isDisturbed: (stream) => Boolean(stateOf(stream).disturbed),
  };
}
