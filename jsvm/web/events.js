// Events and cancellation.
(native) => {
  const codes = {
    IndexSizeError: 1, HierarchyRequestError: 3, InvalidCharacterError: 5, NotFoundError: 8, NotSupportedError: 9, InvalidStateError: 11,
    SyntaxError: 12, InvalidAccessError: 15, NetworkError: 19, AbortError: 20, QuotaExceededError: 22, TimeoutError: 23, DataCloneError: 25,
  };

  class DOMException extends Error {
    constructor(message = "", name = "Error") {
      super(message);
      const given = typeof name === "object" && name !== null ? name.name ?? "Error" : name;
      Object.defineProperty(this, "name", { value: String(given), configurable: true, writable: true });
    }
    get code() { return codes[this.name] ?? 0; }
  }

  class Event {
    #type; #options; #prevented = false;
    _target = null; _stopped = false;
    constructor(type, options = {}) {
      this.#type = String(type);
      this.#options = options ?? {};
      this.timeStamp = Date.now();
      for (const name of ["_target", "_stopped"]) Object.defineProperty(this, name, { enumerable: false });
    }
    get type() { return this.#type; }
    get target() { return this._target; }
    get currentTarget() { return this._target; }
    get bubbles() { return Boolean(this.#options.bubbles); }
    get cancelable() { return Boolean(this.#options.cancelable); }
    get defaultPrevented() { return this.#prevented; }
    preventDefault() { if (this.cancelable) this.#prevented = true; }
    stopPropagation() {}
    stopImmediatePropagation() { this._stopped = true; }
  }

  class CustomEvent extends Event {
    constructor(type, options = {}) {
      super(type, options);
      this.detail = options?.detail ?? null;
    }
  }

  class EventTarget {
    #listeners = new Map();
    addEventListener(type, listener, options) {
      if (listener === null || listener === undefined) return;
      const list = this.#listeners.get(type) ?? [];
      if (list.some((l) => l.listener === listener)) return;
      const once = typeof options === "object" && options !== null && Boolean(options.once);
      options?.signal?.addEventListener("abort", () => this.removeEventListener(type, listener));
      this.#listeners.set(type, [...list, { listener, once }]);
    }
    removeEventListener(type, listener) {
      this.#listeners.set(type, (this.#listeners.get(type) ?? []).filter((l) => l.listener !== listener));
    }
    dispatchEvent(event) {
      event._target = this;
      const handler = this["on" + event.type];
      if (typeof handler === "function") handler.call(this, event);
      for (const { listener, once } of this.#listeners.get(event.type) ?? []) {
        if (event._stopped) break;
        if (once) this.removeEventListener(event.type, listener);
        if (typeof listener === "function") listener.call(this, event);
        else listener.handleEvent(event);
      }
      return !event.defaultPrevented;
    }
  }

  const token = {};

  class AbortSignal extends EventTarget {
    #aborted = false; #reason;
    constructor(key) {
      if (key !== token) throw new TypeError("Illegal constructor");
      super();
      this.onabort = null;
    }
    static #make() { return new AbortSignal(token); }
    static abort(reason) {
      const signal = AbortSignal.#make();
      trigger(signal, reason);
      return signal;
    }
    static timeout(milliseconds) {
      const signal = AbortSignal.#make();
      native.part("timers").setTimeout(() => trigger(signal, new DOMException("The operation timed out.", "TimeoutError")), milliseconds);
      return signal;
    }
    static any(signals) {
      const signal = AbortSignal.#make();
      for (const source of signals) {
        if (source.aborted) { trigger(signal, source.reason); break; }
        source.addEventListener("abort", () => trigger(signal, source.reason), { once: true });
      }
      return signal;
    }
    static _trigger(signal, reason) {
      if (signal.#aborted) return;
      signal.#aborted = true;
      signal.#reason = reason === undefined ? new DOMException("This operation was aborted", "AbortError") : reason;
      signal.dispatchEvent(new Event("abort"));
    }
    get aborted() { return this.#aborted; }
    get reason() { return this.#reason; }
    throwIfAborted() { if (this.#aborted) throw this.#reason; }
  }
  const trigger = AbortSignal._trigger;
  delete AbortSignal._trigger;

  class AbortController {
    #signal = new AbortSignal(token);
    get signal() { return this.#signal; }
    abort(reason) { trigger(this.#signal, reason); }
  }

  return { DOMException, Event, CustomEvent, EventTarget, AbortController, AbortSignal };
}
