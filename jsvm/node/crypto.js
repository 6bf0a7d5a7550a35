// node:crypto: digests, HMAC, random values and the verification of signatures.
const native = require("tacklebox:crypto");
const { Buffer } = require("node:buffer");

function bytes(data, encoding) {
  const view = typeof data === "string" ? Buffer.from(data, encoding) : data;
  if (view instanceof KeyObject) return view.bytes;
  if (view instanceof ArrayBuffer) return view;
  return view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
}

function result(buffer, encoding) {
  const out = Buffer.from(buffer);
  return encoding && encoding !== "buffer" ? out.toString(encoding) : out;
}

function joined(parts) {
  const out = new Uint8Array(parts.reduce((size, part) => size + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    out.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return out.buffer;
}

class Hash {
  #parts = [];
  #finish;
  constructor(finish) {
    this.#finish = finish;
  }
  update(data, encoding) {
    this.#parts.push(bytes(data, encoding));
    return this;
  }
  digest(encoding) {
    return result(this.#finish(joined(this.#parts)), encoding);
  }
}

class KeyObject {
  constructor(type, data) {
    this.type = type;
    Object.defineProperty(this, "bytes", { value: data });
  }
  get symmetricKeySize() {
    return this.type === "secret" ? this.bytes.byteLength : undefined;
  }
  export() {
    return Buffer.from(this.bytes);
  }
}

function createPublicKey(key) {
  if (key instanceof KeyObject) return key;
  const pem = key && key.key !== undefined ? key.key : key;
  const data = bytes(pem, "utf8");
  const about = native.publicKey(data);
  const made = new KeyObject("public", data);
  made.asymmetricKeyType = about.type;
  made.asymmetricKeyDetails = about.details;
  return made;
}

class Verify {
  #name;
  #parts = [];
  constructor(name) {
    this.#name = name.replace(/^(RSA|ECDSA)-/i, "");
  }
  update(data, encoding) {
    this.#parts.push(bytes(data, encoding));
    return this;
  }
  verify(key, signature, encoding) {
    const padding = key && key.padding === constants.RSA_PKCS1_PSS_PADDING ? "pss" : "";
    const given = key && key.key !== undefined && !(key instanceof KeyObject) ? key.key : key;
    return native.verify(this.#name, createPublicKey(given).bytes, joined(this.#parts), bytes(signature, encoding), padding);
  }
}

const constants = { RSA_PKCS1_PADDING: 1, RSA_PKCS1_PSS_PADDING: 6, RSA_PSS_SALTLEN_DIGEST: -1 };

function unavailable(name) {
  return () => {
    throw new Error(`node:crypto: ${name} is not available in scripts`);
  };
}

function random(size) {
  return native.randomBytes(size);
}

function randomFillSync(view) {
  const target = new Uint8Array(view.buffer || view, view.byteOffset || 0, view.byteLength);
  target.set(new Uint8Array(random(target.length)));
  return view;
}

function randomUUID() {
  const b = new Uint8Array(random(16));
  b[6] = (b[6] & 0x0f) | 0x40;
  b[8] = (b[8] & 0x3f) | 0x80;
  const hex = Array.from(b, (n) => n.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function randomInt(min, max) {
  if (max === undefined) [min, max] = [0, min];
  const range = max - min;
  const limit = 2 ** 48 - (2 ** 48 % range);
  for (;;) {
    const n = new Uint8Array(random(6)).reduce((sum, byte) => sum * 256 + byte, 0);
    if (n < limit) return min + (n % range);
  }
}

module.exports = {
  KeyObject,
  createHash: (name) => new Hash((data) => native.digest(name, data)),
  createHmac: (name, key) => new Hash((data) => native.hmac(name, bytes(key), data)),
  createSecretKey: (key, encoding) => new KeyObject("secret", bytes(key, encoding)),
  createPublicKey,
  createPrivateKey: unavailable("createPrivateKey"),
  createSign: unavailable("createSign"),
  createVerify: (name) => new Verify(name),
  createCipheriv: unavailable("createCipheriv"),
  createDecipheriv: unavailable("createDecipheriv"),
  scrypt: unavailable("scrypt"),
  pbkdf2: unavailable("pbkdf2"),
  constants,
  timingSafeEqual: (a, b) => {
    if (a.byteLength !== b.byteLength) throw new RangeError("Input buffers must have the same byte length");
    return native.equal(bytes(a), bytes(b));
  },
  randomBytes: (size, done) => {
    const out = Buffer.from(random(size));
    return done ? void done(null, out) : out;
  },
  randomFillSync,
  randomUUID,
  randomInt,
  getHashes: () => ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"],
  getRandomValues: randomFillSync,
  webcrypto: typeof globalThis.crypto === "object" ? globalThis.crypto : { getRandomValues: randomFillSync, randomUUID },
  subtle: globalThis.crypto && globalThis.crypto.subtle,
};
