import { assert, check } from "./lib/check";
import { base64url, decodeJwt, decodeProtectedHeader } from "jose";

check("jose", () => {
  const token = $security.createJWT({ sub: "ada" }, "secret", 60);
  assert.strictEqual(decodeJwt(token).sub, "ada");
  assert.strictEqual(decodeProtectedHeader(token).alg, "HS256");
  assert.strictEqual(base64url.encode("hé"), "aMOp");
});
