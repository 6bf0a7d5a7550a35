import { assert, check } from "./lib/check";
import { addMonths, differenceInCalendarDays, format, formatDistance, parseISO } from "date-fns";

check("date-fns", () => {
  const date = parseISO("2024-01-31T12:00:00");
  assert.strictEqual(format(addMonths(date, 1), "yyyy-MM-dd EEEE"), "2024-02-29 Thursday");
  assert.strictEqual(differenceInCalendarDays(parseISO("2024-03-01"), parseISO("2024-02-01")), 29);
  assert.strictEqual(formatDistance(date, addMonths(date, 2)), "2 months");
});
