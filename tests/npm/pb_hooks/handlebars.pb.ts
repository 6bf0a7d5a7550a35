import { assert, check } from "./lib/check";
import Handlebars from "handlebars";

Handlebars.registerHelper("loud", (text: string) => text.toUpperCase());

check("handlebars", () => {
  const render = Handlebars.compile("{{#each items}}{{@index}}:{{loud this}} {{else}}none{{/each}}{{#if no}}x{{/if}}");
  assert.strictEqual(render({ items: ["a", "b"] }), "0:A 1:B ");
  assert.strictEqual(render({ items: [] }), "none");
});
