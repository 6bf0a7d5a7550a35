import { assert, check } from "./lib/check";
import slugify from "slugify";

check("slugify", () => {
  assert.strictEqual(slugify("Crème Brûlée & Čaj!", { lower: true, strict: true }), "creme-brulee-and-caj");
});
