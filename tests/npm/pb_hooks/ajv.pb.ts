import { assert, check } from "./lib/check";
import Ajv from "ajv";

const ajv = new Ajv({ allErrors: true });
const validate = ajv.compile({
  type: "object",
  properties: { n: { type: "integer", minimum: 1 }, s: { type: "string", pattern: "^\\p{L}+$" }, l: { type: "array", uniqueItems: true } },
  required: ["n"],
  additionalProperties: false,
});

check("ajv", () => {
  assert.ok(validate({ n: 1, s: "é", l: [1, 2] }));
  assert.ok(!validate({ n: 0, s: "1", l: [1, 1], x: 1 }));
  assert.deepStrictEqual(validate.errors!.map((e) => e.keyword).sort(), ["additionalProperties", "minimum", "pattern", "uniqueItems"]);
});
