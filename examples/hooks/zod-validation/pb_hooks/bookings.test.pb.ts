/// <reference path="../pb_data/types.d.ts" />
import { Booking } from "./booking"

const good: Booking = { email: "ada@example.com", guests: 2, from: "2030-05-01", to: "2030-05-03" }
const create = (body: object) => $test.request("POST", "/api/collections/bookings/records", { body })

test("a good booking is stored", () => {
  expect(create(good).status).toBe(200)
})

test("every field says what is wrong with it", () => {
  const answer = create({ email: "nobody", guests: 20, from: "1 May", to: "2030-05-03" })
  expect(answer.status).toBe(400)
  expect(Object.keys(answer.json.data).sort()).toEqual(["email", "from", "guests"])
  expect(answer.json.data.from.message).toBe("Use the form 2030-12-31.")
})

test("rules across fields hold for updates, too", () => {
  const booking = create(good).json
  const answer = $test.request("PATCH", `/api/collections/bookings/records/${booking.id}`, { body: { to: "2030-04-01" } })
  expect(answer.status).toBe(400)
  expect(answer.json.data.to.message).toBe("Must be after the arrival.")
})
