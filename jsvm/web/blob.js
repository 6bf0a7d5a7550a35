// Bytes with a type, and files.
(native) => {
  const { bytesOf, TextEncoder, TextDecoder } = native.part("text");
  const isBinary = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
  const typeOf = (type) => {
    const text = String(type ?? "");
    return /[^\x20-\x7e]/.test(text) ? "" : text.toLowerCase();
  };

  class Blob {
    #bytes; #type;
    constructor(parts = [], options = {}) {
      if (typeof parts !== "object" || typeof parts?.[Symbol.iterator] !== "function") throw new TypeError("Blob: the parts are a list");
      const encoder = new TextEncoder();
      const text = (part) => encoder.encode(options?.endings === "native" ? String(part).replace(/\r\n?/g, "\n") : part);
      const list = Array.from(parts, (part) => (part instanceof Blob ? part.#bytes : isBinary(part) ? bytesOf(part) : text(part)));
      this.#bytes = new Uint8Array(list.reduce((size, part) => size + part.length, 0));
      let at = 0;
      for (const part of list) {
        this.#bytes.set(part, at);
        at += part.length;
      }
      this.#type = typeOf(options?.type);
    }
    get size() { return this.#bytes.length; }
    get type() { return this.#type; }
    slice(start, end, type) {
      const blob = new Blob([], { type });
      blob.#bytes = this.#bytes.slice(start, end);
      return blob;
    }
    async arrayBuffer() { return this.#bytes.slice().buffer; }
    async bytes() { return this.#bytes.slice(); }
    async text() { return new TextDecoder().decode(this.#bytes); }
    stream() { return native.part("streams").ReadableStream.from([this.#bytes.slice()]); }
    // What Go code gets for the blob.
    get [native.symbol]() { return native.file(this.#bytes, this.#type, this instanceof File ? this.name : "blob"); }
  }

  class File extends Blob {
    #name; #lastModified;
    constructor(parts, name, options = {}) {
      if (name === undefined) throw new TypeError("File: the name is missing");
      super(parts, options);
      this.#name = String(name);
      this.#lastModified = Number(options?.lastModified ?? Date.now());
    }
    get name() { return this.#name; }
    get lastModified() { return this.#lastModified; }
  }

  for (const [type, name] of [[Blob, "Blob"], [File, "File"]]) {
    Object.defineProperty(type.prototype, Symbol.toStringTag, { value: name, configurable: true });
  }
  return { Blob, File };
}
