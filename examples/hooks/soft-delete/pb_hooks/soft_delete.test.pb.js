/// <reference path="../pb_data/types.d.ts" />

const url = "/api/collections/tasks/records"
/** @type {any} */
let task

beforeEach(() => {
  task = $test.request("POST", url, { body: { title: "write tests" } }).json
})

test("a deleted task is only hidden", () => {
  expect($test.request("DELETE", `${url}/${task.id}`).status).toBe(204)
  expect($test.request("GET", `${url}/${task.id}`).status).toBe(404)
  expect($test.request("GET", url).json.totalItems).toBe(0)
  expect($app.dao().findRecordById("tasks", task.id).getString("deleted")).not.toBe("")
})

test("admins bring it back", () => {
  $test.request("DELETE", `${url}/${task.id}`)
  expect($test.request("POST", `/tasks/${task.id}/restore`).status).toBe(401)
  expect($test.request("POST", `/tasks/${task.id}/restore`, { as: $test.asAdmin() }).status).toBe(200)
  expect($test.request("GET", `${url}/${task.id}`).json.title).toBe("write tests")
})

test("admins delete for good", () => {
  expect($test.request("DELETE", `${url}/${task.id}`, { as: $test.asAdmin() }).status).toBe(204)
  expect(() => $app.dao().findRecordById("tasks", task.id)).toThrow("no rows")
})

test("the mark cannot be set by hand", () => {
  expect($test.request("PATCH", `${url}/${task.id}`, { body: { deleted: "2024-01-01" } }).status).toBe(403)
})

test("old tasks are purged", () => {
  const record = $app.dao().findRecordById("tasks", task.id)
  record.set("deleted", "2001-01-01 00:00:00.000Z")
  $app.dao().saveRecord(record)
  $test.cron("purge_tasks")
  expect(() => $app.dao().findRecordById("tasks", task.id)).toThrow()
})
