import { assert, check } from "./lib/check";
import he from "he";

check("he", () => {
  assert.strictEqual(he.decode("&lt;&eacute;&#x1F600;&amp;&nbsp;"), "<é😀&\u00a0");
  assert.strictEqual(he.encode("é<", { useNamedReferences: true }), "&eacute;&lt;");
});
