import { assert, check } from "./lib/check";
import dayjs from "dayjs";
import relativeTime from "dayjs/plugin/relativeTime";
import utc from "dayjs/plugin/utc";

dayjs.extend(utc);
dayjs.extend(relativeTime);

check("dayjs", () => {
  const day = dayjs.utc("2024-02-28T10:00:00Z");
  assert.strictEqual(day.add(2, "day").format("YYYY-MM-DD HH:mm"), "2024-03-01 10:00");
  assert.strictEqual(day.diff(dayjs.utc("2024-02-27T10:00:00Z"), "hour"), 24);
  assert.strictEqual(day.from(day.add(3, "hour")), "3 hours ago");
});
