import { assert, check } from "./lib/check";
import validator from "validator";

check("validator", () => {
  assert.ok(validator.isEmail("me@example.com"));
  assert.ok(!validator.isEmail("me@"));
  assert.ok(validator.isURL("https://example.com/a?b=c"));
  assert.ok(validator.isIBAN("DE89370400440532013000"));
  assert.ok(validator.isCreditCard("4111111111111111"));
  assert.ok(validator.isAlpha("äöü", "de-DE"));
  assert.strictEqual(validator.normalizeEmail("Some.Body+x@GMail.com"), "somebody@gmail.com");
});
