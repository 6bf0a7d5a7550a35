import { assert, check } from "./lib/check";
import { Decimal } from "decimal.js";

check("decimal", () => {
  assert.strictEqual(new Decimal("0.1").plus("0.2").toString(), "0.3");
  assert.strictEqual(Decimal.sqrt(2).toFixed(18), "1.414213562373095049");
});
