import { assert, check } from "./lib/check";
import jwt from "jsonwebtoken";
import tokens from "./lib/tokens.json";

check("jsonwebtoken", () => {
  const token = $security.createJWT({ sub: "ada" }, "secret", 60);
  assert.strictEqual((jwt.verify(token, "secret", { algorithms: ["HS256"] }) as { sub: string }).sub, "ada");
  assert.throws(() => jwt.verify(token, "other"), /invalid signature/);
  const ours = jwt.sign({ id: 1 }, "secret", { expiresIn: "1m" });
  assert.strictEqual($security.parseJWT(ours, "secret").id, 1);
  assert.deepStrictEqual(jwt.verify(tokens.rsa.RS256, tokens.rsa.key), { sub: "ada" });
  assert.deepStrictEqual(jwt.verify(tokens.rsa.PS256, tokens.rsa.key, { algorithms: ["PS256"] }), { sub: "ada" });
  assert.deepStrictEqual(jwt.verify(tokens.ec.ES256, tokens.ec.key), { sub: "ada" });
  assert.throws(() => jwt.verify(tokens.rsa.RS256.slice(0, -8) + "AAAAAAAA", tokens.rsa.key), /invalid signature/);
});
