// Buffer, on the implementation that comes with the engine, with what that lacks.
(native) => {
  const { Buffer } = native.module;
  const bytesOf = native.part("text").bytesOf;
  const add = (owner, members) => {
    for (const name of Reflect.ownKeys(members)) {
      Object.defineProperty(owner, name, { value: members[name], writable: true, configurable: true, enumerable: false });
    }
  };
  const view = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fromUnits = (text, unit) => {
    const bytes = new Uint8Array(text.length * unit);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      bytes[i * unit] = code;
      if (unit === 2) bytes[i * 2 + 1] = code >> 8;
    }
    return view(bytes);
  };
  const urlSafe = (text) => text.replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  // The encodings that the engine's own lacks: how to make bytes of a text, and back.
  const latin1 = { decode: (text) => fromUnits(text, 1), encode: (bytes) => native.decode(bytes, "latin1") };
  const utf16 = { decode: (text) => fromUnits(text, 2), encode: (bytes) => native.decode(bytes, "utf-16le") };
  const codecs = {
    latin1, binary: latin1,
    ascii: { decode: latin1.decode, encode: (bytes) => latin1.encode(bytes.map((b) => b & 0x7f)) },
    utf16le: utf16, "utf-16le": utf16, ucs2: utf16, "ucs-2": utf16,
    base64url: {
      decode: (text) => from(text.replace(/-/g, "+").replace(/_/g, "/"), "base64"),
      encode: (bytes) => urlSafe(toString.call(bytes, "base64")),
    },
  };
  const plain = ["utf8", "utf-8", "hex", "base64"];
  const nameOf = (encoding) => String(encoding ?? "utf8").toLowerCase();

  // The engine's own functions must not see views that begin behind the last byte of their buffer: see exported in Go.
  const sizeOf = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype), "byteLength").get;
  const nothing = Buffer.alloc(0);
  const safe = (value) => (ArrayBuffer.isView(value) && !(value instanceof DataView) && sizeOf.call(value) === 0 ? nothing : value);
  for (const owner of [Buffer, Buffer.prototype]) {
    for (const name of Object.getOwnPropertyNames(owner)) {
      const fn = Object.getOwnPropertyDescriptor(owner, name).value;
      if (typeof fn !== "function" || name === "constructor") continue;
      add(owner, { [name](...args) { return fn.apply(safe(this), args.map(safe)); } });
    }
  }
  const { concat } = Buffer;

  const originalFrom = Buffer.from;
  const { toString } = Buffer.prototype;
  const from = (...args) => originalFrom.apply(Buffer, args);
  const toBytes = (value, encoding) => {
    if (typeof value === "string") return Buffer.from(value, encoding);
    return typeof value === "number" ? new Uint8Array([value]) : bytesOf(value);
  };

  const compare = (a, b) => {
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
    }
    return Math.sign(a.length - b.length);
  };
  const find = (buffer, value, offset, encoding, last) => {
    if (typeof offset === "string") [offset, encoding] = [undefined, offset];
    const wanted = toBytes(value, encoding);
    const end = buffer.length - wanted.length;
    let i = offset === undefined ? (last ? end : 0) : Math.trunc(offset) < 0 ? buffer.length + Math.trunc(offset) : Math.trunc(offset);
    for (i = last ? Math.min(i, end) : Math.max(i, 0); i >= 0 && i <= end; i += last ? -1 : 1) {
      if (wanted.every((byte, at) => buffer[i + at] === byte)) return i;
    }
    return -1;
  };

  add(Buffer, {
    from(value, encoding, length) {
      if (typeof value === "string") {
        const name = nameOf(encoding);
        return codecs[name] ? codecs[name].decode(value) : from(value, name);
      }
      if (value?.type === "Buffer" && Array.isArray(value.data)) return from(value.data);
      return value instanceof ArrayBuffer ? from(value, ...[encoding, length].filter((v) => v !== undefined)) : from(value);
    },
    concat: (list, length) => concat.call(Buffer, Array.from(list, safe), ...(length === undefined ? [] : [length])),
    allocUnsafe: (size) => Buffer.alloc(size),
    allocUnsafeSlow: (size) => Buffer.alloc(size),
    isBuffer: (value) => value instanceof Buffer,
    isEncoding: (name) => typeof name === "string" && (plain.includes(name.toLowerCase()) || name.toLowerCase() in codecs),
    byteLength: (value, encoding) => (typeof value === "string" ? Buffer.from(value, encoding).length : value.byteLength),
    compare,
  });
  add(Buffer.prototype, {
    toString(encoding, start = 0, end = this.length) {
      const name = nameOf(encoding);
      if (codecs[name]) return codecs[name].encode(new Uint8Array(this.buffer, this.byteOffset, this.length).slice(start, end));
      return toString.call(this, name, start, end);
    },
    toJSON() { return { type: "Buffer", data: Array.from(this) }; },
    write(text, offset, length, encoding) {
      if (typeof offset === "string") [offset, encoding] = [0, offset];
      else if (typeof length === "string") [length, encoding] = [undefined, length];
      const bytes = Buffer.from(String(text), encoding).subarray(0, length).subarray(0, this.length - (offset ?? 0));
      this.set(bytes, offset ?? 0);
      return bytes.length;
    },
    subarray(start, end) { return view(Uint8Array.prototype.subarray.call(new Uint8Array(this.buffer, this.byteOffset, this.length), start, end)); },
    slice(start, end) { return this.subarray(start, end); },
    compare(other) { return compare(this, other); },
    copy(target, at = 0, start = 0, end = this.length) {
      const part = this.subarray(start, end).subarray(0, Math.max(0, target.length - at));
      target.set(part, at);
      return part.length;
    },
    fill(value, start = 0, end = this.length, encoding) {
      if (typeof start === "string") [start, end, encoding] = [0, this.length, start];
      const bytes = toBytes(value, encoding);
      for (let i = start; i < end && bytes.length > 0; i++) this[i] = bytes[(i - start) % bytes.length];
      return this;
    },
    indexOf(value, offset, encoding) { return find(this, value, offset, encoding, false); },
    lastIndexOf(value, offset, encoding) { return find(this, value, offset, encoding, true); },
    includes(value, offset, encoding) { return find(this, value, offset, encoding, false) >= 0; },
  });
  return { Buffer };
}
