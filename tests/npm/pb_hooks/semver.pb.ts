import { assert, check } from "./lib/check";
import semver from "semver";

check("semver", () => {
  assert.ok(semver.satisfies("1.2.3", "^1.2.0 || >=3"));
  assert.strictEqual(semver.inc("1.2.3-beta.1", "prerelease"), "1.2.3-beta.2");
  assert.deepStrictEqual(semver.sort(["1.10.0", "1.2.0"]), ["1.2.0", "1.10.0"]);
});
