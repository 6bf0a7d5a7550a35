import { assert, check } from "./lib/check";
import { camelCase, chunk, cloneDeep, debounce, groupBy, isEqual, merge, sortBy, template, words } from "lodash-es";

check("lodash-es", () => {
  assert.deepStrictEqual(chunk([1, 2, 3], 2), [[1, 2], [3]]);
  assert.deepStrictEqual(groupBy([1, 2, 3], (n) => (n % 2 ? "odd" : "even")), { odd: [1, 3], even: [2] });
  assert.strictEqual(camelCase("Foo bar-baz"), "fooBarBaz");
  assert.deepStrictEqual(words("héllo wörld"), ["héllo", "wörld"]);
  const deep = { a: [{ b: 1 }], when: new Date(0) };
  assert.ok(isEqual(cloneDeep(deep), deep));
  assert.deepStrictEqual(merge({ a: { b: 1 } }, { a: { c: 2 } }), { a: { b: 1, c: 2 } });
  assert.deepStrictEqual(sortBy([{ n: 2 }, { n: 1 }], "n"), [{ n: 1 }, { n: 2 }]);
  assert.strictEqual(template("hi <%- name %>")({ name: "<b>" }), "hi &lt;b&gt;");
  assert.strictEqual(typeof debounce, "function");
});
