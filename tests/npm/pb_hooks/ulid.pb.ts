import { assert, check } from "./lib/check";
import { decodeTime, monotonicFactory, ulid } from "ulid";

check("ulid", () => {
  assert.match(ulid(), /^[0-9A-HJKMNP-TV-Z]{26}$/);
  assert.strictEqual(decodeTime(ulid(1469918176385)), 1469918176385);
  const next = monotonicFactory();
  assert.ok(next(1) < next(1));
});
