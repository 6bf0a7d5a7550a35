import { assert, check } from "./lib/check";
import jwt from "jsonwebtoken";

check("jsonwebtoken", () => {
  const token = $security.createJWT({ sub: "ada" }, "secret", 60);
  assert.strictEqual((jwt.verify(token, "secret", { algorithms: ["HS256"] }) as { sub: string }).sub, "ada");
  assert.throws(() => jwt.verify(token, "other"), /invalid signature/);
  const ours = jwt.sign({ id: 1 }, "secret", { expiresIn: "1m" });
  assert.strictEqual($security.parseJWT(ours, "secret").id, 1);
});
