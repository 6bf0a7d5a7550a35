import { assert, check } from "./lib/check";
import Big from "big.js";

check("big", () => {
  assert.strictEqual(new Big("0.1").plus("0.2").toString(), "0.3");
  assert.strictEqual(new Big(2).pow(100).toFixed(), "1267650600228229401496703205376");
});
