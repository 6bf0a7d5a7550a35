import { assert, check } from "./lib/check";
import qs from "qs";

check("qs", () => {
  assert.deepStrictEqual(qs.parse("a[b][]=1&a[b][]=2&c=%C3%A4"), { a: { b: ["1", "2"] }, c: "ä" });
  assert.strictEqual(qs.stringify({ a: { b: [1, 2] } }, { encode: false }), "a[b][0]=1&a[b][1]=2");
});
