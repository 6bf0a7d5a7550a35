import { assert, check } from "./lib/check";
import { CronExpressionParser } from "cron-parser";

check("cron-parser", () => {
  const next = CronExpressionParser.parse("30 9 * * 1-5", { currentDate: "2024-03-29T10:00:00Z", tz: "Europe/Berlin" }).take(2);
  assert.deepStrictEqual(next.map((d) => d.toDate().toISOString()), ["2024-04-01T07:30:00.000Z", "2024-04-02T07:30:00.000Z"]);
  assert.throws(() => CronExpressionParser.parse("61 * * * *"));
});
