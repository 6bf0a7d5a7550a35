/// <reference path="../pb_data/types.d.ts" />

test("the route greets", () => {
  const answer = $test.request("GET", "/hello/Ada")
  expect(answer.status).toBe(200)
  expect(answer.json).toEqual({ message: "Hello Ada" })
  expect(answer.headers["cache-control"]).toBe("no-store")
})
