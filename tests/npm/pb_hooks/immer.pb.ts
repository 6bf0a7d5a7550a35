import { assert, check } from "./lib/check";
import { enableMapSet, produce, produceWithPatches, enablePatches } from "immer";

enableMapSet();
enablePatches();

check("immer", () => {
  const before = { list: [1], map: new Map([["a", 1]]), deep: { x: 1 } };
  const after = produce(before, (draft) => {
    draft.list.push(2);
    draft.map.set("b", 2);
  });
  assert.deepStrictEqual([before.list, after.list, after.map.get("b")], [[1], [1, 2], 2]);
  assert.strictEqual(before.deep, after.deep);
  assert.ok(Object.isFrozen(after));
  assert.strictEqual(produceWithPatches({ a: 1 }, (d) => void (d.a = 2))[1][0].op, "replace");
});
