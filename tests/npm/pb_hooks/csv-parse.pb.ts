import { assert, check } from "./lib/check";
import { parse } from "csv-parse/sync";

check("csv-parse", () => {
  const rows = parse('name,age\n"Doe, J",42\nÄda,36\n', { columns: true, cast: true, skip_empty_lines: true });
  assert.deepStrictEqual(rows, [{ name: "Doe, J", age: 42 }, { name: "Äda", age: 36 }]);
  assert.throws(() => parse("a,b\n1,2,3\n"), /Invalid Record Length/);
});
