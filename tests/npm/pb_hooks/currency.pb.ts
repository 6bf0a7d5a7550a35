import { assert, check } from "./lib/check";
import currency from "currency.js";

check("currency", () => {
  assert.strictEqual(currency(1.05).add("2.10").multiply(3).format(), "$9.45");
  assert.deepStrictEqual(currency(10).distribute(3).map(Number), [3.34, 3.33, 3.33]);
});
