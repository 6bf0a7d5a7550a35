import { assert, check } from "./lib/check";
import Mustache from "mustache";

check("mustache", () => {
  const out = Mustache.render("{{#users}}{{name}}{{^last}}, {{/last}}{{/users}} {{{raw}}}", { users: [{ name: "<a>" }, { name: "b", last: true }], raw: "<i>" });
  assert.strictEqual(out, "&lt;a&gt;, b <i>");
});
