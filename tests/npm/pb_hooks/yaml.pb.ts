import { assert, check } from "./lib/check";
import { parse, parseDocument, stringify } from "yaml";

check("yaml", () => {
  assert.deepStrictEqual(parse("a: 1\nb: [x, 'y']\nc: &c {d: true}\ne: *c\nf: |\n  two\n  lines\n"), { a: 1, b: ["x", "y"], c: { d: true }, e: { d: true }, f: "two\nlines\n" });
  assert.strictEqual(stringify({ list: [1, { a: null }] }), "list:\n  - 1\n  - a: null\n");
  assert.strictEqual(parseDocument("a: [").errors.length, 1);
});
