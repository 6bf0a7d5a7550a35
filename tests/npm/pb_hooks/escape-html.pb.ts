import { assert, check } from "./lib/check";
import escapeHtml from "escape-html";

check("escape-html", () => {
  assert.strictEqual(escapeHtml(`<a href='x'>"&"</a>`), "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;");
});
