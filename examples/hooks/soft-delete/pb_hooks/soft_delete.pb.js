/// <reference path="../pb_data/types.d.ts" />

const keepDays = 30

// A delete request marks the task. Answering and returning false skips the delete.
onRecordBeforeDeleteRequest((e) => {
  if (e.httpContext.get("admin")) return // admins delete for good
  e.record.set("deleted", new DateTime())
  $app.dao().saveRecord(e.record)
  e.httpContext.noContent(204)
  return false
}, "tasks")

// Nobody but admins may set the mark through the API.
/** @param {{ httpContext: echo.Context, record: models.Record }} e */
function guard(e) {
  if (!e.httpContext.get("admin") && e.record.getString("deleted") !== e.record.originalCopy().getString("deleted")) {
    throw new ForbiddenError("The deletion date is set by deleting.")
  }
}
onRecordBeforeCreateRequest((e) => guard(e), "tasks")
onRecordBeforeUpdateRequest((e) => guard(e), "tasks")

routerAdd("POST", "/tasks/:id/restore", (c) => {
  const task = $app.dao().findRecordById("tasks", c.pathParam("id"))
  task.set("deleted", "")
  $app.dao().saveRecord(task)
  return c.json(200, task)
}, $apis.requireAdminAuth())

cronAdd("purge_tasks", "15 3 * * *", () => {
  const limit = new DateTime(new Date(Date.now() - keepDays * 24 * 3600 * 1000).toISOString()).string()
  const old = $app.dao().findRecordsByFilter("tasks", "deleted != '' && deleted < {:limit}", "", 0, 0, { limit })
  for (const task of old) $app.dao().deleteRecord(task)
})
