import { assert, check } from "./lib/check";
import { NIL, parse, stringify, v4, v5, v7, validate, version } from "uuid";

check("uuid", () => {
  assert.ok(validate(v4()) && version(v4()) === 4);
  assert.strictEqual(version(v7()), 7);
  assert.strictEqual(v5("example.com", v5.DNS), "cfbff0d1-9375-5685-968c-48ce8b15ae17");
  assert.strictEqual(stringify(parse(NIL)), NIL);
});
