/// <reference path="../pb_data/types.d.ts" />

const url = "/api/collections/notes/records"
const trail = () => $app.dao().findRecordsByFilter("audit", "id != ''", "created", 0, 0)
  .map((entry) => JSON.parse(JSON.stringify(entry)))

test("a life of a note", () => {
  const note = $test.request("POST", url, { body: { text: "first", stars: 1 } }).json
  $test.request("PATCH", `${url}/${note.id}`, { body: { text: "second" }, as: $test.asAdmin() })
  $test.request("DELETE", `${url}/${note.id}`)

  expect(trail()).toMatchObject([
    { action: "create", record: note.id, actor: "guest", changes: { text: { from: "", to: "first" } } },
    { action: "update", record: note.id, actor: "admin admin@test.example", changes: { text: { from: "first", to: "second" } } },
    { action: "delete", record: note.id, actor: "guest" },
  ])
  expect(trail()[1].changes).not.toHaveProperty("stars")
})

test("what fails leaves no trace", () => {
  expect($test.request("PATCH", `${url}/missing00000000`, { body: { text: "x" } }).status).toBe(404)
  expect(trail()).toHaveLength(0)
})

test("guests cannot read the trail", () => {
  expect($test.request("GET", "/api/collections/audit/records").status).toBe(403)
})
