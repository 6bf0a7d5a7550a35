// Random values and digests.
(native) => {
  const bytesOf = native.part("text").bytesOf;
  const fail = (message, name) => { throw new (native.part("events").DOMException)(message, name); };
  const integers = [Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array, Int32Array, Uint32Array, BigInt64Array, BigUint64Array];
  const nameOf = (algorithm) => String(algorithm?.name ?? algorithm).toUpperCase();

  // Keys for HMAC, the one kind there is.
  const secrets = new WeakMap();
  class CryptoKey {
    constructor(algorithm, usages, extractable) {
      Object.assign(this, { type: "secret", extractable, algorithm, usages: [...usages] });
    }
  }
  const secretOf = (key) => secrets.get(key) ?? fail("The key is not usable here.", "InvalidAccessError");
  const hashOf = (algorithm) => {
    const name = nameOf(algorithm.hash ?? algorithm);
    if (!native.knows(name)) fail(`${name} is not supported.`, "NotSupportedError");
    return name;
  };
  const onlyHMAC = (algorithm) => {
    if (nameOf(algorithm) !== "HMAC") fail(`${nameOf(algorithm)} is not supported, only HMAC is.`, "NotSupportedError");
  };
  const equal = (a, b) => {
    let difference = a.length ^ b.length;
    for (let i = 0; i < a.length; i++) difference |= a[i] ^ b[i];
    return difference === 0;
  };

  const subtle = {
    async digest(algorithm, data) { return native.digest(hashOf({ hash: algorithm }), bytesOf(data)); },
    async importKey(format, data, algorithm, extractable, usages) {
      onlyHMAC(algorithm);
      if (format !== "raw" && format !== "jwk") fail(`The key format ${format} is not supported.`, "NotSupportedError");
      const raw = format === "jwk"
        ? Uint8Array.from(native.part("text").atob(data.k.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0))
        : bytesOf(data).slice();
      const key = new CryptoKey({ name: "HMAC", hash: { name: hashOf(algorithm) }, length: raw.length * 8 }, usages, extractable);
      secrets.set(key, raw);
      return key;
    },
    async exportKey(format, key) {
      if (format !== "raw" || !key.extractable) fail("The key cannot be exported.", "InvalidAccessError");
      return secretOf(key).slice().buffer;
    },
    async sign(algorithm, key, data) {
      onlyHMAC(algorithm);
      return native.hmac(hashOf(key.algorithm), secretOf(key), bytesOf(data));
    },
    async verify(algorithm, key, signature, data) {
      return equal(new Uint8Array(await subtle.sign(algorithm, key, data)), bytesOf(signature));
    },
  };

  return {
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
