import { assert, check } from "./lib/check";
import * as R from "ramda";

check("ramda", () => {
  const total = R.pipe(R.filter((n: number) => n > 1), R.map(R.multiply(2)), R.sum);
  assert.strictEqual(total([1, 2, 3]), 10);
  assert.deepStrictEqual(R.mergeDeepRight({ a: { b: 1 } }, { a: { c: 2 } }), { a: { b: 1, c: 2 } });
  assert.strictEqual(R.path(["a", 0, "b"], { a: [{ b: 3 }] }), 3);
  assert.strictEqual(R.type(/x/), "RegExp");
});
