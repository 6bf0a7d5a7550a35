/// <reference path="../pb_data/types.d.ts" />

test("new records are sent", () => {
  $app.dao().saveCollection(new Collection({
    name: "webhook_test", type: "base", createRule: "", schema: [{ name: "title", type: "text" }],
  }))
  $test.http("POST *", { status: 204 })
  const answer = $test.request("POST", "/api/collections/webhook_test/records", { body: { title: "new" } })
  expect(answer.status).toBe(200)
  expect($test.requests()).toHaveLength(1)
  expect($test.requests()[0].json.record.title).toBe("new")
})
