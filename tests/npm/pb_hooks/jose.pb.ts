import { assert, check } from "./lib/check";
import {
  base64url, CompactEncrypt, compactDecrypt, createLocalJWKSet, decodeJwt, decodeProtectedHeader, errors, exportJWK, exportPKCS8, exportSPKI,
  generateKeyPair, importJWK, importPKCS8, importSPKI, jwtVerify, SignJWT,
} from "jose";
import tokens from "./lib/tokens.json";

const secret = new TextEncoder().encode("a secret that is long enough for it");

const signed = (alg: string, key: any, more: object = {}) =>
  new SignJWT({ role: "author", ...more }).setProtectedHeader({ alg, kid: "k" }).setSubject("ada").setIssuedAt().setExpirationTime("1m").sign(key);

const rejects = async (wanted: { code: string }, run: () => Promise<unknown>) => {
  try {
    await run();
  } catch (error) {
    return assert.strictEqual((error as { code?: string }).code, wanted.code, String(error));
  }
  assert.fail("nothing was thrown, not even " + wanted.code);
};

check("jose", async () => {
  // Secrets, also between the server and the package.
  const token = $security.createJWT({ sub: "ada" }, "secret", 60);
  assert.strictEqual(decodeJwt(token).sub, "ada");
  assert.strictEqual(decodeProtectedHeader(token).alg, "HS256");
  assert.strictEqual((await jwtVerify($security.createJWT({ sub: "ada" }, new TextDecoder().decode(secret), 60), secret)).payload.sub, "ada");
  assert.strictEqual($security.parseJWT(await signed("HS256", secret), new TextDecoder().decode(secret)).sub, "ada");
  await rejects(errors.JWSSignatureVerificationFailed, () => jwtVerify(token, secret));
  await rejects(errors.JWTExpired, async () => jwtVerify(await signed("HS512", secret), secret, { currentDate: new Date(Date.now() + 120000) }));
  await rejects(errors.JWTClaimValidationFailed, async () => jwtVerify(await signed("HS256", secret), secret, { issuer: "urn:other" }));
  await rejects(errors.JOSEAlgNotAllowed, async () => jwtVerify(await signed("HS256", secret), secret, { algorithms: ["RS256"] }));

  // Key pairs, sent through the formats that they are stored in.
  for (const alg of ["RS256", "PS256", "ES256", "ES384", "ES512", "EdDSA"]) {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    const pem = await signed(alg, await importPKCS8(await exportPKCS8(privateKey), alg));
    const { payload, protectedHeader } = await jwtVerify(pem, await importSPKI(await exportSPKI(publicKey), alg));
    assert.deepStrictEqual([payload.sub, payload.role, protectedHeader.alg], ["ada", "author", alg]);
    const jwk = await exportJWK(publicKey);
    const keys = createLocalJWKSet({ keys: [{ ...jwk, kid: "k", alg }] });
    assert.strictEqual((await jwtVerify(await signed(alg, await importJWK(await exportJWK(privateKey), alg)), keys)).payload.sub, "ada");
    await rejects(errors.JWSSignatureVerificationFailed, () => jwtVerify(pem.slice(0, -8) + "AAAAAAAA", publicKey));
  }

  // Tokens of others.
  for (const alg of ["RS256", "PS256"] as const) {
    assert.strictEqual((await jwtVerify(tokens.rsa[alg], await importSPKI(tokens.rsa.key, alg))).payload.sub, "ada");
  }
  assert.strictEqual((await jwtVerify(tokens.ec.ES256, await importSPKI(tokens.ec.key, "ES256"))).payload.sub, "ada");

  // Encryption with a shared key.
  const key = crypto.getRandomValues(new Uint8Array(32));
  const sealed = await new CompactEncrypt(new TextEncoder().encode("hé")).setProtectedHeader({ alg: "dir", enc: "A256GCM" }).encrypt(key);
  assert.strictEqual(new TextDecoder().decode((await compactDecrypt(sealed, key)).plaintext), "hé");
  assert.strictEqual(base64url.encode("hé"), "aMOp");
});
