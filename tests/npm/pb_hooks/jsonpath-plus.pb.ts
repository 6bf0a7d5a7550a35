import { assert, check } from "./lib/check";
import { JSONPath } from "jsonpath-plus";

check("jsonpath-plus", () => {
  const json = { store: { book: [{ price: 5, t: "a" }, { price: 15, t: "b" }] } };
  assert.deepStrictEqual(JSONPath({ path: "$..book[?(@.price < 10)].t", json }), ["a"]);
  assert.deepStrictEqual(JSONPath({ path: "$.store.book[*].price", json }), [5, 15]);
});
