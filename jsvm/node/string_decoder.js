// node:string_decoder. Bytes are kept until the end, where characters are whole.
const { Buffer } = require("node:buffer");

class StringDecoder {
  constructor(encoding = "utf8") {
    this.encoding = encoding;
    this.rest = Buffer.alloc(0);
  }
  write(data) {
    if (data.length === 0) return "";
    const all = this.rest.length > 0 ? Buffer.concat([this.rest, Buffer.from(data)]) : Buffer.from(data);
    let end = all.length;
    if (/^utf-?8$/i.test(this.encoding)) {
      for (let back = 1; back <= Math.min(3, all.length); back++) {
        const byte = all[all.length - back];
        if ((byte & 0xc0) === 0x80) continue;
        const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
        if (needs > back) end -= back;
        break;
      }
    }
    // The engine must not be given empty views of the end of a buffer.
    this.rest = end < all.length ? Buffer.from(all.subarray(end)) : Buffer.alloc(0);
    return end > 0 ? Buffer.from(all.subarray(0, end)).toString(this.encoding) : "";
  }
  end(data) {
    const text = data ? this.write(data) : "";
    const rest = this.rest.length > 0 ? this.rest.toString(this.encoding) : "";
    this.rest = Buffer.alloc(0);
    return text + rest;
  }
}
module.exports = { StringDecoder };
