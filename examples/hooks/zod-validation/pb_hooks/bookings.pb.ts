/// <reference path="../pb_data/types.d.ts" />
import { Booking } from "./booking"

// One error per field, in the form in which the server reports its own.
function check(e: any): void {
  const result = Booking.safeParse(JSON.parse(JSON.stringify(e.record)))
  if (result.success) return
  const errors: Record<string, any> = {}
  for (const issue of result.error.issues) {
    errors[String(issue.path[0])] ??= new ValidationError(issue.code, issue.message)
  }
  throw new BadRequestError("Invalid booking.", errors)
}

onRecordBeforeCreateRequest((e) => check(e), "bookings")
onRecordBeforeUpdateRequest((e) => check(e), "bookings")
