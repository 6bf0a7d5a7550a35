// structuredClone.
(native) => {
  const refuse = (what) => { throw new (native.part("events").DOMException)(`${what} could not be cloned.`, "DataCloneError"); };
  const boxed = [Boolean, Number, String];
  const errors = { EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

  const tagOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

  const clone = (value, seen) => {
    if (typeof value === "function" || typeof value === "symbol") refuse(String(value));
    if (typeof value !== "object" || value === null) return value;
    if (seen.has(value)) return seen.get(value);
    const keep = (copy) => { seen.set(value, copy); return copy; };
    if (native.isGo(value)) return keep(native.plain(value));
    if (Array.isArray(value)) {
      const copy = keep(new Array(value.length));
      for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
      return copy;
    }
    if (value instanceof Date) return keep(new Date(value.getTime()));
    if (value instanceof RegExp) return keep(new RegExp(value.source, value.flags));
    if (boxed.some((type) => value instanceof type)) return keep(Object(value.valueOf()));
    if (value instanceof ArrayBuffer) return keep(value.slice(0));
    if (value instanceof DataView) return keep(new DataView(clone(value.buffer, seen), value.byteOffset, value.byteLength));
    if (ArrayBuffer.isView(value)) {
      const type = globalThis[tagOf.call(value)];
      return keep(new type(clone(value.buffer, seen), value.byteOffset, value.length));
    }
    if (value instanceof Map) {
      const copy = keep(new Map());
      for (const [k, v] of value) copy.set(clone(k, seen), clone(v, seen));
      return copy;
    }
    if (value instanceof Set) {
      const copy = keep(new Set());
      for (const v of value) copy.add(clone(v, seen));
      return copy;
    }
    const tag = value[Symbol.toStringTag];
    if (tag === "CryptoKey") return keep(value); // nobody can change it
    if (tag === "Blob" && value instanceof native.part("blob").Blob) return keep(value.slice(0, value.size, value.type));
    if (tag === "File" && value instanceof native.part("blob").File) return keep(new (native.part("blob").File)([value], value.name, value));
    if (value instanceof Error) return cloneError(value, seen, keep);
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) refuse(Object.prototype.toString.call(value));
    const copy = keep({});
    for (const key of Object.keys(value)) copy[key] = clone(value[key], seen);
    return copy;
  };

  const cloneError = (value, seen, keep) => {
    const copy = keep(new (errors[value.name] ?? Error)(value.message));
    Object.defineProperty(copy, "stack", { value: value.stack, configurable: true, writable: true });
    if (value.cause !== undefined) {
      Object.defineProperty(copy, "cause", { value: clone(value.cause, seen), configurable: true, writable: true });
    }
    return copy;
  };

  return {
    structuredClone: function structuredClone(value) {
      if (arguments.length === 0) throw new TypeError("structuredClone expects a value");
      return clone(value, new Map());
    },
  };
}
