import { assert, check } from "./lib/check";
import { marked } from "marked";

check("marked", async () => {
  const html = await marked.parse("# Hi *there*\n\n- a\n- b\n\n| x | y |\n|---|---|\n| 1 | `2` |\n\n> “quoted” https://example.com\n");
  assert.match(html, /<h1>Hi <em>there<\/em><\/h1>/);
  assert.match(html, /<li>a<\/li>/);
  assert.match(html, /<td><code>2<\/code><\/td>/);
  assert.match(html, /<a href="https:\/\/example.com">/);
});
