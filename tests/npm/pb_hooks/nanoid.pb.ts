import { assert, check } from "./lib/check";
import { customAlphabet, nanoid } from "nanoid";

check("nanoid", () => {
  assert.match(nanoid(), /^[\w-]{21}$/);
  assert.notStrictEqual(nanoid(), nanoid());
  assert.match(customAlphabet("abc", 8)(), /^[abc]{8}$/);
});
