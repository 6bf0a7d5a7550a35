// node:events
class EventEmitter {
  #known() {
    if (!Object.hasOwn(this, "_events")) {
      Object.defineProperty(this, "_events", { value: new Map(), writable: true, configurable: true });
    }
    return this._events;
  }
  static #list(emitter, name) {
    const events = emitter._events;
    return (events && events.get(name)) || [];
  }
  static #add(emitter, name, listener, first) {
    if (typeof listener !== "function") {
      throw new TypeError('The "listener" argument must be of type function');
    }
    if (!(emitter._events instanceof Map)) {
      Object.defineProperty(emitter, "_events", { value: new Map(), writable: true, configurable: true });
    }
    if (name !== "newListener" && EventEmitter.#list(emitter, "newListener").length > 0) {
      emitter.emit("newListener", name, listener.listener || listener);
    }
    const list = EventEmitter.#list(emitter, name);
    emitter._events.set(name, first ? [listener, ...list] : [...list, listener]);
    return emitter;
  }
  static #once(emitter, name, listener) {
    const wrapped = (...args) => {
      emitter.removeListener(name, wrapped);
      return listener.apply(emitter, args);
    };
    wrapped.listener = listener;
    return wrapped;
  }
  on(name, listener) {
    return EventEmitter.#add(this, name, listener, false);
  }
  addListener(name, listener) {
    return EventEmitter.#add(this, name, listener, false);
  }
  prependListener(name, listener) {
    return EventEmitter.#add(this, name, listener, true);
  }
  once(name, listener) {
    return EventEmitter.#add(this, name, EventEmitter.#once(this, name, listener), false);
  }
  prependOnceListener(name, listener) {
    return EventEmitter.#add(this, name, EventEmitter.#once(this, name, listener), true);
  }
  removeListener(name, listener) {
    const list = EventEmitter.#list(this, name);
    const at = list.findLastIndex((l) => l === listener || l.listener === listener);
    if (at >= 0) {
      const left = list.filter((_, i) => i !== at);
      if (left.length > 0) this._events.set(name, left);
      else this._events.delete(name);
      if (name !== "removeListener") this.emit("removeListener", name, listener);
    }
    return this;
  }
  off(name, listener) {
    return this.removeListener(name, listener);
  }
  removeAllListeners(name) {
    if (this._events instanceof Map) {
      if (name === undefined) this._events.clear();
      else this._events.delete(name);
    }
    return this;
  }
  emit(name, ...args) {
    const list = EventEmitter.#list(this, name);
    if (list.length === 0 && name === "error") {
      throw args[0] instanceof Error ? args[0] : new Error("Unhandled error. (" + String(args[0]) + ")");
    }
    for (const listener of list) listener.apply(this, args);
    return list.length > 0;
  }
  listeners(name) {
    return EventEmitter.#list(this, name).map((l) => l.listener || l);
  }
  rawListeners(name) {
    return [...EventEmitter.#list(this, name)];
  }
  listenerCount(name) {
    return EventEmitter.#list(this, name).length;
  }
  eventNames() {
    return this._events instanceof Map ? [...this._events.keys()] : [];
  }
  setMaxListeners() {
    return this;
  }
  getMaxListeners() {
    return EventEmitter.defaultMaxListeners;
  }
}

// Old packages call the class as a function on their own object.
const Callable = new Proxy(EventEmitter, { apply: () => undefined });
EventEmitter.prototype.constructor = Callable;
EventEmitter.defaultMaxListeners = 10;
EventEmitter.EventEmitter = Callable;
EventEmitter.once = (emitter, name) =>
  new Promise((resolve, reject) => {
    const failed = (error) => {
      emitter.removeListener(name, happened);
      reject(error);
    };
    const happened = (...args) => {
      emitter.removeListener("error", failed);
      resolve(args);
    };
    emitter.once(name, happened);
    if (name !== "error") emitter.once("error", failed);
  });
EventEmitter.listenerCount = (emitter, name) => emitter.listenerCount(name);
module.exports = Callable;
