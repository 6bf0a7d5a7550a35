package jsvm

import "testing"

// cryptoPrelude has short names for what the tests do over and over, and a key
// pair of each kind as JSON Web Keys and in the standard formats of bytes.
const cryptoPrelude = `
	const { subtle } = crypto;
	const bytes = (text) => new TextEncoder().encode(text);
	const hex = (buffer) => Buffer.from(new Uint8Array(buffer)).toString("hex");
	const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
	const data = bytes("what is signed");
	const algorithms = {
		hmac: { name: "HMAC", hash: "SHA-256" }, rsa: { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
		pss: { name: "RSA-PSS", hash: "SHA-384", saltLength: 48, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
		p256: { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" }, p384: { name: "ECDSA", namedCurve: "P-384", hash: "SHA-384" },
		p521: { name: "ECDSA", namedCurve: "P-521", hash: "SHA-512" }, ed: { name: "Ed25519" },
	};
	// trip sends both keys of a pair through a format, signs with one copy and verifies with the other.
	const trip = async (algorithm, privateFormat, publicFormat) => {
		const pair = await subtle.generateKey(algorithm, true, ["sign", "verify"]);
		const copy = async (key, format) => subtle.importKey(format, await subtle.exportKey(format, key), algorithm, true, key.usages);
		const privateKey = await copy(pair.privateKey, privateFormat), publicKey = await copy(pair.publicKey, publicFormat);
		const signature = await subtle.sign(algorithm, privateKey, data);
		const flipped = new Uint8Array(signature.slice(0));
		flipped[10] ^= 1;
		return [await subtle.verify(algorithm, publicKey, signature, data), await subtle.verify(algorithm, publicKey, flipped, data),
			await subtle.verify(algorithm, pair.publicKey, signature, bytes("other"))];
	};
	const secretOf = (text, algorithm, usages, extractable = false) => subtle.importKey("raw", bytes(text), algorithm, extractable, usages);
`

func TestSignatures(t *testing.T) {
	t.Parallel()
	const works = `[true,false,false]`
	evaluateAll(t, cryptoPrelude, map[string]string{
		`trip(algorithms.rsa, "pkcs8", "spki")`:  works,
		`trip(algorithms.pss, "jwk", "jwk")`:     works,
		`trip(algorithms.p256, "pkcs8", "raw")`:  works,
		`trip(algorithms.p384, "jwk", "spki")`:   works,
		`trip(algorithms.p521, "jwk", "jwk")`:    works,
		`trip(algorithms.ed, "pkcs8", "raw")`:    works,
		`trip(algorithms.ed, "jwk", "jwk")`:      works,
		`trip(algorithms.p256, "pkcs8", "spki")`: works,
		`trip(algorithms.ed, "jwk", "spki")`:     works,
		`subtle.generateKey(algorithms.p521, false, ["sign", "verify"]).then((p) => subtle.sign(algorithms.p521, p.privateKey, data)).then((s) => s.byteLength)`: `132`,
		// Both keys of an example of RFC 8032.
		`subtle.importKey("jwk", { kty: "OKP", crv: "Ed25519", d: Buffer.from("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "hex").toString("base64url"), x: Buffer.from("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "hex").toString("base64url") }, "Ed25519", false, ["sign"]).then((k) => subtle.sign("Ed25519", k, unhex("72"))).then(hex)`: `"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"`,
		// The signature of RFC 7515, A.3.
		`subtle.importKey("jwk", { kty: "EC", crv: "P-256", x: "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", y: "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0" }, algorithms.p256, true, ["verify"]).then((k) => subtle.verify(algorithms.p256, k, Buffer.from("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q", "base64url"), bytes("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ")))`: `true`,
		`secretOf("Jefe", algorithms.hmac, ["sign", "verify"]).then(async (k) => [hex(await subtle.sign("hmac", k, bytes("what do ya want for nothing?"))), await subtle.verify("HMAC", k, new Uint8Array(32), data)])`:                                                                                                                                                                                                                                                                                `["5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",false]`,
	})
}

func TestKeys(t *testing.T) {
	t.Parallel()
	evaluateAll(t, cryptoPrelude, map[string]string{
		`secretOf("secret", algorithms.hmac, ["sign", "sign"]).then((k) => [k instanceof CryptoKey, String(k), k.type, k.extractable, k.algorithm, k.usages])`:                                                                                                     `[true,"[object CryptoKey]","secret",false,{"name":"HMAC","hash":{"name":"SHA-256"},"length":48},["sign"]]`,
		`subtle.generateKey(algorithms.rsa, false, ["sign", "verify"]).then((p) => [p.publicKey.extractable, p.publicKey.usages, p.privateKey.extractable, p.privateKey.usages, p.privateKey.algorithm.modulusLength, [...p.publicKey.algorithm.publicExponent]])`: `[true,["verify"],false,["sign"],2048,[1,0,1]]`,
		`subtle.generateKey(algorithms.hmac, true, ["sign"]).then((k) => subtle.exportKey("raw", k)).then((b) => b.byteLength)`:                                                                                                                                    `64`,
		`secretOf("secret", algorithms.hmac, ["sign"], true).then((k) => subtle.exportKey("jwk", k))`:                                                                                                                                                              `{"kty":"oct","k":"c2VjcmV0","alg":"HS256","key_ops":["sign"],"ext":true}`,
		`subtle.generateKey(algorithms.pss, true, ["sign"]).then((p) => subtle.exportKey("jwk", p.privateKey)).then((k) => [k.alg, k.e, Object.keys(k).sort().join()])`:                                                                                            `["PS384","AQAB","alg,d,dp,dq,e,ext,key_ops,kty,n,p,q,qi"]`,
		`subtle.generateKey(algorithms.p384, true, ["sign"]).then((p) => subtle.exportKey("jwk", p.publicKey)).then((k) => [k.crv, k.x.length, k.y.length])`:                                                                                                       `["P-384",64,64]`,
		`new CryptoKey()`: `TypeError: Illegal constructor`,
		`secretOf("secret", algorithms.hmac, ["sign"]).then((k) => subtle.exportKey("raw", k))`:           `InvalidAccessError: The key cannot be extracted.`,
		`secretOf("secret", algorithms.hmac, ["sign"]).then((k) => subtle.verify("HMAC", k, data, data))`: `InvalidAccessError: The key must not be used to verify.`,
		`secretOf("secret", algorithms.hmac, ["sign"]).then((k) => subtle.sign("Ed25519", k, data))`:      `InvalidAccessError: The key is one for HMAC, not for Ed25519.`,
		`secretOf("secret", algorithms.hmac, ["encrypt"])`:                                                `SyntaxError: Keys of that kind are not used to encrypt.`,
		`secretOf("secret", algorithms.hmac, [])`:                                                         `SyntaxError: A secret key of HMAC is for sign, verify.`,
		`secretOf("", algorithms.hmac, ["sign"])`:                                                         `DataError: The key has another length.`,
		`secretOf("short", "AES-GCM", ["encrypt"])`:                                                       `DataError: Keys of AES have 128, 192 or 256 bits.`,
		`subtle.importKey("spki", data, algorithms.rsa, true, ["verify"]).catch((e) => [e.name, e instanceof DOMException, e.message.startsWith("The key cannot be read")])`: `["DataError",true,true]`,
		`subtle.importKey("raw", data, algorithms.rsa, true, ["verify"])`: `NotSupportedError: The key format raw is not supported for RSASSA-PKCS1-v1_5.`,
		`subtle.generateKey(algorithms.p256, true, ["sign"]).then(async (p) => subtle.importKey("spki", await subtle.exportKey("spki", p.publicKey), algorithms.p384, true, ["verify"]))`: `DataError: The key is not one for the algorithm, or for its curve.`,
		`subtle.importKey("jwk", { kty: "oct", k: "c2VjcmV0", alg: "HS512" }, algorithms.hmac, true, ["sign"])`:                                                                           `DataError: The alg of the key is not that of the algorithm.`,
		`subtle.importKey("jwk", { kty: "oct", k: "c2VjcmV0", ext: false }, algorithms.hmac, true, ["sign"])`:                                                                             `DataError: The ext of the key is not that of the algorithm.`,
		`subtle.importKey("jwk", { kty: "oct", k: "c2VjcmV0", key_ops: ["verify"] }, algorithms.hmac, true, ["sign"])`:                                                                    `DataError: The key_ops of the key is not that of the algorithm.`,
		`subtle.importKey("jwk", { kty: "EC", crv: "P-256", x: "AA", y: "AA" }, algorithms.p256, true, ["verify"]).catch((e) => e.name)`:                                                  `"DataError"`,
		`subtle.importKey("jwk", { kty: "OKP", crv: "X25519", x: "AA" }, "Ed25519", true, ["verify"])`:                                                                                    `DataError: The curve "X25519" is not known.`,
		`subtle.importKey("jwk", { kty: "RSA", n: "!", e: "AQAB" }, algorithms.rsa, true, ["verify"])`:                                                                                    `DataError: The member "n" of the key is not base64url.`,
		`subtle.importKey("pkcs8", new Uint8Array(1 << 20), algorithms.rsa, true, ["sign"])`:                                                                                              `DataError: The key cannot be read: it has 1048576 bytes.`,
		`subtle.importKey("jwk", { kty: "RSA", n: "z".repeat(400), e: "AQAB", d: "AQAB", p: "z".repeat(4000), q: "Aw" }, algorithms.rsa, true, ["sign"])`:                                 `DataError: The parts of the RSA key do not belong together.`,
		`subtle.generateKey({ ...algorithms.rsa, modulusLength: 65536 }, true, ["sign"])`:                                                                                                 `NotSupportedError: RSA keys of up to 4096 bits can be made.`,
		`subtle.generateKey({ ...algorithms.rsa, modulusLength: 64 }, true, ["sign"]).catch((e) => e.name)`:                                                                               `"OperationError"`,
		`subtle.generateKey({ ...algorithms.p256, namedCurve: "K-256" }, true, ["sign"])`:                                                                                                 `NotSupportedError: The curve K-256 is not supported.`,
		`subtle.generateKey(algorithms.p256, true, ["verify"])`:                                                                                                                           `SyntaxError: The key would be of no use.`,
		`subtle.generateKey("RSA-OAEP", true, ["encrypt"])`:                                                                                                                               `NotSupportedError: RSA-OAEP is not supported.`,
		`subtle.wrapKey()`:              `NotSupportedError: crypto.subtle.wrapKey is not supported.`,
		`subtle.sign("HMAC", {}, data)`: `TypeError: expected a CryptoKey`,
	})
}

func TestCiphersAndDerivation(t *testing.T) {
	t.Parallel()
	evaluateAll(t, cryptoPrelude, map[string]string{
		// Test case 4 of the specification of GCM.
		`subtle.importKey("raw", unhex("feffe9928665731c6d6a8f9467308308"), "AES-GCM", false, ["encrypt"]).then((k) => subtle.encrypt({ name: "AES-GCM", iv: unhex("cafebabefacedbaddecaf888"), additionalData: unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2") }, k, unhex("d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"))).then(hex)`: `"42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47"`,
		`subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]).then(async (k) => { const a = { name: "AES-GCM", iv: crypto.getRandomValues(new Uint8Array(12)) }; return [new TextDecoder().decode(await subtle.decrypt(a, k, await subtle.encrypt(a, k, data))), (await subtle.exportKey("jwk", k)).alg]; })`:                                                                            `["what is signed","A256GCM"]`,
		`secretOf("0123456789abcdef", "AES-GCM", ["decrypt"]).then((k) => subtle.decrypt({ name: "AES-GCM", iv: new Uint8Array(12) }, k, new Uint8Array(20)))`:                                                                                                                                                                                                                                                         `OperationError: The data cannot be decrypted.`,
		`secretOf("0123456789abcdef", "AES-GCM", ["encrypt"]).then((k) => subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(0) }, k, data))`:                                                                                                                                                                                                                                                                        `OperationError: The iv is empty.`,
		`secretOf("0123456789abcdef", "AES-GCM", ["encrypt"]).then((k) => subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12), tagLength: 96 }, k, data)).then((b) => b.byteLength)`:                                                                                                                                                                                                                              `26`,
		`secretOf("0123456789abcdef", "AES-GCM", ["encrypt"]).then((k) => subtle.encrypt({ name: "AES-GCM", iv: new Uint8Array(12), tagLength: 7 }, k, data))`:                                                                                                                                                                                                                                                         `OperationError: Tags of 7 bits do not exist.`,
		// The first cases of RFC 6070 and RFC 5869.
		`secretOf("password", "PBKDF2", ["deriveBits"]).then((k) => subtle.deriveBits({ name: "PBKDF2", hash: "SHA-1", salt: bytes("salt"), iterations: 2 }, k, 160)).then(hex)`:                                                                                                            `"ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957"`,
		`subtle.importKey("raw", unhex("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), "HKDF", false, ["deriveBits"]).then((k) => subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: unhex("000102030405060708090a0b0c"), info: unhex("f0f1f2f3f4f5f6f7f8f9") }, k, 336)).then(hex)`: `"3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"`,
		`secretOf("password", "PBKDF2", ["deriveKey"]).then((k) => subtle.deriveKey({ name: "PBKDF2", hash: "SHA-256", salt: bytes("salt"), iterations: 1000 }, k, { name: "AES-GCM", length: 128 }, true, ["encrypt"])).then((k) => [k.type, k.algorithm.length, k.usages])`:               `["secret",128,["encrypt"]]`,
		`secretOf("password", "PBKDF2", ["deriveBits"]).then((k) => subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes("s"), iterations: 1e9 }, k, 256))`:                                                                                                                     `OperationError: PBKDF2 may take up to 10000000 iterations for all blocks together.`,
		`secretOf("password", "PBKDF2", ["deriveBits"]).then((k) => subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes("s"), iterations: 1 }, k, 7))`:                                                                                                                         `OperationError: The length must be a multiple of 8.`,
		`secretOf("password", "PBKDF2", ["deriveBits"]).then((k) => subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt: bytes("s"), iterations: 1 }, k, 8 * (1 << 21)))`:                                                                                                             `OperationError: At most 1048576 bytes can be derived at once.`,
		`secretOf("password", "HKDF", ["deriveBits"], true)`: `SyntaxError: Keys of HKDF cannot be extracted.`,
		`secretOf("password", "HKDF", ["deriveBits"]).then((k) => subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: bytes(""), info: bytes("") }, k, 8 * 32 * 256))`: `OperationError: HKDF does not give that many bits.`,
	})
}

// TestKeyOfTheFile imports a key once per runtime, for all calls.
func TestKeyOfTheFile(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		const key = crypto.subtle.importKey("raw", new TextEncoder().encode("k"), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
		routerAdd("GET", "/t", async (c) => c.string(200, String((await crypto.subtle.sign("HMAC", await key, new Uint8Array(1))).byteLength)));`})
	for range 3 {
		s.expect(t, map[string]string{"/t": "32"})
	}
}
