// Random values, digests, keys and what is done with them.
(native) => {
  const { bytesOf } = native.part("text");
  const { DOMException } = native.part("events");
  const fail = (message, name) => { throw new DOMException(message, name); };
  const integers = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array];

  // The algorithms: the family of their keys, what keys of each type are for, and the formats they have.
  const signatures = { public: ["verify"], private: ["sign"] };
  const pairFormats = ["raw", "spki", "pkcs8", "jwk"];
  const derivation = { family: "oct", hash: true, usages: { secret: ["deriveBits", "deriveKey"] }, formats: ["raw"] };
  const kinds = {
    "HMAC": { family: "oct", keyHash: true, usages: { secret: ["sign", "verify"] }, formats: ["raw", "jwk"], jwk: (about) => ["HS" + short(about.hash)] },
    "RSASSA-PKCS1-v1_5": { family: "RSA", keyHash: true, usages: signatures, formats: ["spki", "pkcs8", "jwk"], jwk: (about) => ["RS" + short(about.hash)] },
    "RSA-PSS": { family: "RSA", keyHash: true, usages: signatures, formats: ["spki", "pkcs8", "jwk"], jwk: (about) => ["PS" + short(about.hash)] },
    "ECDSA": { family: "EC", hash: true, usages: signatures, formats: pairFormats, jwk: () => [] },
    "Ed25519": { family: "OKP", usages: signatures, formats: pairFormats, jwk: () => ["EdDSA", "Ed25519"] },
    "AES-GCM": { family: "oct", usages: { secret: ["encrypt", "decrypt"] }, formats: ["raw", "jwk"], jwk: (about) => [`A${about.length}GCM`] },
    "HKDF": derivation,
    "PBKDF2": derivation,
  };
  const curves = ["P-256", "P-384", "P-521"];
  const blockBits = { "SHA-1": 512, "SHA-256": 512, "SHA-384": 1024, "SHA-512": 1024 };
  const short = (hash) => hash.name.slice("SHA-".length);

  const nameOf = (algorithm) => {
    const name = typeof algorithm === "object" ? algorithm?.name : algorithm;
    if (typeof name !== "string") throw new TypeError("The algorithm has no name.");
    return name;
  };
  const named = (algorithm) => {
    const given = nameOf(algorithm);
    const name = Object.keys(kinds).find((known) => known.toUpperCase() === given.toUpperCase());
    if (!name) fail(`${given} is not supported.`, "NotSupportedError");
    return { name, kind: kinds[name], given: algorithm };
  };
  const hashOf = (hash) => {
    const name = nameOf(hash).toUpperCase();
    if (!native.knows(name)) fail(`${name} is not supported.`, "NotSupportedError");
    return name;
  };
  const curveOf = (kind, given) => {
    if (kind.family !== "EC") return "";
    if (!curves.includes(given.namedCurve)) fail(`The curve ${given.namedCurve} is not supported.`, "NotSupportedError");
    return given.namedCurve;
  };
  const binary = (data) => {
    if (data === undefined) throw new TypeError("expected an ArrayBuffer or a view of one");
    return bytesOf(data);
  };

  // What is known about a key. The key itself is opaque.
  const keys = new WeakMap();
  const token = {};
  class CryptoKey {
    constructor(key, about) {
      if (key !== token) throw new TypeError("Illegal constructor");
      keys.set(this, about);
    }
    get type() { return aboutOf(this).type; }
    get extractable() { return aboutOf(this).extractable; }
    get algorithm() { return aboutOf(this).algorithm; }
    get usages() { return aboutOf(this).usages; }
  }
  Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag, { value: "CryptoKey", configurable: true });
  const aboutOf = (key) => {
    const about = keys.get(key);
    if (!about) throw new TypeError("expected a CryptoKey");
    return about;
  };

  const checkUsages = (kind, usages) => {
    const known = Object.values(kind.usages).flat();
    if (!Array.isArray(usages)) throw new TypeError("The usages of a key are a list.");
    for (const usage of usages) {
      if (!known.includes(usage)) fail(`Keys of that kind are not used to ${usage}.`, "SyntaxError");
    }
  };
  const algorithmOf = (name, kind, hash, made) => {
    const algorithm = { name };
    if (kind.family === "RSA") Object.assign(algorithm, { modulusLength: made.modulusLength, publicExponent: made.publicExponent });
    if (kind.family === "EC") algorithm.namedCurve = made.namedCurve;
    if (kind.keyHash) algorithm.hash = Object.freeze({ name: hash });
    if (name === "HMAC" || name === "AES-GCM") algorithm.length = made.length;
    return Object.freeze(algorithm);
  };
  const newKey = (made, algorithm, extractable, usages) => new CryptoKey(token, {
    key: made.key, type: made.type, algorithm, extractable: Boolean(extractable), usages: Object.freeze([...new Set(usages)]),
  });

  // A key that may be used for something by an algorithm, with what that algorithm needs.
  const usable = (algorithm, key, usage) => {
    const about = aboutOf(key);
    const { name, kind, given } = named(algorithm);
    if (about.algorithm.name !== name) fail(`The key is one for ${about.algorithm.name}, not for ${name}.`, "InvalidAccessError");
    if (!about.usages.includes(usage)) fail(`The key must not be used to ${usage}.`, "InvalidAccessError");
    const hash = kind.keyHash ? about.algorithm.hash.name : kind.hash ? hashOf(given.hash) : "";
    return { name, given, hash, key: about.key };
  };
  const signing = (algorithm, key, usage) => {
    const { name, given, hash, key: handle } = usable(algorithm, key, usage);
    const salt = name === "RSA-PSS" ? Number(given.saltLength) : 0;
    if (name === "RSA-PSS" && !(salt > 0)) fail("The salt must have at least one byte.", "NotSupportedError");
    return [name, hash, salt, handle];
  };
  const sealing = (algorithm, key, usage) => {
    const { given, key: handle } = usable(algorithm, key, usage);
    const tag = given.tagLength ?? 128;
    if (![32, 64, 96, 104, 112, 120, 128].includes(tag)) fail(`Tags of ${tag} bits do not exist.`, "OperationError");
    return [handle, binary(given.iv), bytesOf(given.additionalData), tag];
  };

  const checkJWK = (jwk, kind, about, extractable, usages) => {
    const wrong = (what) => fail(`The ${what} of the key is not that of the algorithm.`, "DataError");
    if (typeof jwk !== "object" || jwk === null) throw new TypeError("A JSON Web Key is an object.");
    if (jwk.kty !== kind.family) wrong("kty");
    if (jwk.alg !== undefined && kind.jwk(about).length > 0 && !kind.jwk(about).includes(jwk.alg)) wrong("alg");
    if (jwk.use !== undefined && usages.length > 0 && jwk.use !== (kind.usages.secret?.includes("encrypt") ? "enc" : "sig")) wrong("use");
    if (jwk.key_ops !== undefined && !usages.every((usage) => jwk.key_ops.includes(usage))) wrong("key_ops");
    if (jwk.ext === false && extractable) wrong("ext");
  };
  const importKey = (format, data, algorithm, extractable, usages) => {
    const { name, kind, given } = named(algorithm);
    const hash = kind.keyHash ? hashOf(given.hash) : "";
    const curve = curveOf(kind, given);
    if (!kind.formats.includes(format)) fail(`The key format ${format} is not supported for ${name}.`, "NotSupportedError");
    checkUsages(kind, usages);
    const made = native.importKey(format, kind.family, curve, format === "jwk" ? data : binary(data));
    const allowed = kind.usages[made.type];
    if (!usages.every((usage) => allowed.includes(usage)) || (usages.length === 0 && made.type !== "public")) {
      fail(`A ${made.type} key of ${name} is for ${allowed.join(", ")}.`, "SyntaxError");
    }
    if (kind === derivation && extractable) fail(`Keys of ${name} cannot be extracted.`, "SyntaxError");
    if (name === "AES-GCM" && ![128, 192, 256].includes(made.length)) fail("Keys of AES have 128, 192 or 256 bits.", "DataError");
    if (name === "HMAC" && (made.length === 0 || (given.length ?? made.length) !== made.length)) fail("The key has another length.", "DataError");
    const about = algorithmOf(name, kind, hash, made);
    if (format === "jwk") checkJWK(data, kind, about, extractable, usages);
    return newKey(made, about, extractable, usages);
  };

  const lengthOf = (name, given, hash) => {
    const length = given.length ?? (name === "HMAC" ? blockBits[hash] : undefined);
    const fits = name === "HMAC" ? length > 0 && length % 8 === 0 && length <= 65536 : [128, 192, 256].includes(length);
    if (!fits) fail(`Keys of ${name} do not have ${length} bits.`, "OperationError");
    return length;
  };
  const generateKey = (algorithm, extractable, usages) => {
    const { name, kind, given } = named(algorithm);
    if (kind === derivation) fail(`Keys of ${name} cannot be generated.`, "NotSupportedError");
    const hash = kind.keyHash ? hashOf(given.hash) : "";
    checkUsages(kind, usages);
    if (!usages.some((usage) => (kind.usages.secret ?? kind.usages.private).includes(usage))) fail("The key would be of no use.", "SyntaxError");
    if (kind.family === "RSA" && [...bytesOf(given.publicExponent)].filter((b, i, all) => b !== 0 || all.slice(0, i).some(Boolean)).join() !== "1,0,1") {
      fail("The public exponent of RSA keys is 65537.", "NotSupportedError");
    }
    const bits = kind.family === "RSA" ? given.modulusLength : kind.family === "oct" ? lengthOf(name, given, hash) : 0;
    const made = native.generateKey(kind.family, bits, curveOf(kind, given));
    if (kind.family === "oct") return newKey(made, algorithmOf(name, kind, hash, made), extractable, usages);
    const part = (type, free) => newKey(made[type], algorithmOf(name, kind, hash, made[type]), free,
      usages.filter((usage) => kind.usages[type].includes(usage)));
    return { publicKey: part("public", true), privateKey: part("private", extractable) };
  };
  const exportKey = (format, key) => {
    const about = aboutOf(key);
    const kind = kinds[about.algorithm.name];
    if (!kind.formats.includes(format)) fail(`The key format ${format} is not supported for ${about.algorithm.name}.`, "NotSupportedError");
    if (!about.extractable) fail("The key cannot be extracted.", "InvalidAccessError");
    if (format !== "jwk") return native.exportKey(format, about.key);
    const [alg] = kind.jwk(about.algorithm);
    return { ...native.exportJWK(about.key), ...(alg && { alg }), key_ops: [...about.usages], ext: true };
  };

  const derive = (algorithm, key, length, usage) => {
    const { name, given, hash, key: handle } = usable(algorithm, key, usage);
    if (typeof length !== "number" || length < 0 || length % 8 !== 0) fail("The length must be a multiple of 8.", "OperationError");
    return native.deriveBits(name, hash, handle, binary(given.salt), name === "HKDF" ? binary(given.info) : given.iterations, length / 8);
  };
  const lacking = (method) => async () => fail(`crypto.subtle.${method} is not supported.`, "NotSupportedError");

  const subtle = {
    async digest(algorithm, data) { return native.digest(hashOf(algorithm), binary(data)); },
    async importKey(format, data, algorithm, extractable, usages) { return importKey(format, data, algorithm, extractable, usages); },
    async exportKey(format, key) { return exportKey(format, key); },
    async generateKey(algorithm, extractable, usages) { return generateKey(algorithm, extractable, usages); },
    async sign(algorithm, key, data) { return native.sign(...signing(algorithm, key, "sign"), binary(data)); },
    async verify(algorithm, key, signature, data) {
      return native.verify(...signing(algorithm, key, "verify"), binary(signature), binary(data));
    },
    async encrypt(algorithm, key, data) { return native.encrypt(...sealing(algorithm, key, "encrypt"), binary(data)); },
    async decrypt(algorithm, key, data) { return native.decrypt(...sealing(algorithm, key, "decrypt"), binary(data)); },
    async deriveBits(algorithm, key, length) { return derive(algorithm, key, length, "deriveBits"); },
    async deriveKey(algorithm, key, target, extractable, usages) {
      const { name, kind, given } = named(target);
      if (kind.family !== "oct" || kind === derivation) fail(`Keys of ${name} cannot be derived.`, "NotSupportedError");
      const hash = kind.keyHash ? hashOf(given.hash) : "";
      const bits = derive(algorithm, key, lengthOf(name, given, hash), "deriveKey");
      return importKey("raw", bits, target, extractable, usages);
    },
    wrapKey: lacking("wrapKey"),
    unwrapKey: lacking("unwrapKey"),
  };

  return {
    CryptoKey,
    crypto: {
      subtle,
      randomUUID: native.randomUUID,
      getRandomValues(view) {
        if (!integers.some((type) => view instanceof type)) fail("The array must be of an integer type.", "TypeMismatchError");
        if (view.byteLength > 65536) fail("At most 65536 bytes can be asked for.", "QuotaExceededError");
        native.fill(bytesOf(view));
        return view;
      },
    },
  };
}
