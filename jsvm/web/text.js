// Text and bytes.
(native) => {
  const bytesOf = (source) => {
    if (source === undefined) return new Uint8Array(0);
    if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
    if (source instanceof ArrayBuffer) return new Uint8Array(source);
    throw new TypeError("expected an ArrayBuffer or a view of one");
  };

  class TextEncoder {
    get encoding() { return "utf-8"; }
    encode(text = "") { return new Uint8Array(native.encode(String(text))); }
    encodeInto(text, target) {
      let read = 0, written = 0;
      for (const character of String(text)) {
        const bytes = this.encode(character);
        if (written + bytes.length > target.length) break;
        target.set(bytes, written);
        written += bytes.length;
        read += character.length;
      }
      return { read, written };
    }
  }

  class TextDecoder {
    #encoding; #fatal; #ignoreBOM; #rest = new Uint8Array(0); #begun = false;
    constructor(label = "utf-8", options = {}) {
      this.#encoding = native.encodingName(String(label));
      if (!this.#encoding) throw new RangeError(`The "${label}" encoding is not supported`);
      this.#fatal = Boolean(options?.fatal);
      this.#ignoreBOM = Boolean(options?.ignoreBOM);
    }
    get encoding() { return this.#encoding; }
    get fatal() { return this.#fatal; }
    get ignoreBOM() { return this.#ignoreBOM; }
    decode(source, options) {
      const stream = Boolean(options?.stream);
      let bytes = bytesOf(source);
      if (this.#rest.length > 0) {
        const joined = new Uint8Array(this.#rest.length + bytes.length);
        joined.set(this.#rest);
        joined.set(bytes, this.#rest.length);
        bytes = joined;
      }
      const complete = stream ? native.complete(bytes, this.#encoding) : bytes.length;
      this.#rest = bytes.slice(complete);
      const text = native.decode(bytes.subarray(0, complete), this.#encoding, this.#fatal);
      if (text === null) throw new TypeError("The encoded data was not valid for encoding " + this.#encoding);
      const first = !this.#begun;
      this.#begun = stream && (this.#begun || text.length > 0);
      return first && !this.#ignoreBOM && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    }
  }

  const invalid = (message) => { throw new (native.part("events").DOMException)(message, "InvalidCharacterError"); };

  return {
    TextEncoder,
    TextDecoder,
    atob: function atob(text) {
      const decoded = native.atob(String(text));
      return decoded === null ? invalid("The string to be decoded is not correctly encoded.") : decoded;
    },
    btoa: function btoa(text) {
      const encoded = native.btoa(String(text));
      return encoded === null ? invalid("The string to be encoded contains characters outside of the Latin1 range.") : encoded;
    },
    bytesOf,
  };
}
