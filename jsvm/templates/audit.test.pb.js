/// <reference path="../pb_data/types.d.ts" />

test("updates go through the handler", () => {
  const collection = new Collection({
    name: "audit_test", type: "base", updateRule: "", schema: [{ name: "title", type: "text" }],
  })
  $app.dao().saveCollection(collection)
  const record = new Record(collection, { title: "old" })
  $app.dao().saveRecord(record)
  const answer = $test.request("PATCH", `/api/collections/audit_test/records/${record.id}`, { body: { title: "new" } })
  expect(answer.json.title).toBe("new")
  expect($test.runs().some((run) => run.event === "onRecordAfterUpdateRequest" && run.outcome === "ok")).toBe(true)
})
