import { assert, check } from "./lib/check";
import ms from "ms";

check("ms", () => {
  assert.strictEqual(ms("2 days"), 172800000);
  assert.strictEqual(ms(60000, { long: true }), "1 minute");
});
