import { assert, check } from "./lib/check";
import queryString from "query-string";

check("query-string", () => {
  assert.strictEqual(queryString.stringify({ b: [1, 2], a: "ü" }, { arrayFormat: "comma" }), "a=%C3%BC&b=1,2");
  assert.deepStrictEqual(queryString.parseUrl("https://x.io/p?n=1&t=true", { parseNumbers: true, parseBooleans: true }).query, Object.assign(Object.create(null), { n: 1, t: true }));
});
