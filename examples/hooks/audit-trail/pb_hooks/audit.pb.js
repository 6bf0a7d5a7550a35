/// <reference path="../pb_data/types.d.ts" />

/** @param {echo.Context} c */
const actorOf = (c) => {
  const admin = c.get("admin")
  const record = c.get("authRecord")
  return admin ? "admin " + admin.email : record ? record.collection().name + " " + record.id : "guest"
}

// { field: { from, to } } of what is different; hidden columns are left out.
/**
 * @param {models.Record | null} before
 * @param {models.Record} after
 */
function changesOf(before, after) {
  /** @type {{ [field: string]: { from: string, to: string } }} */
  const changes = {}
  for (const field of after.collection().schema.fields()) {
    const from = before ? before.getString(field.name) : ""
    const to = after.getString(field.name)
    if (from !== to) changes[field.name] = { from, to }
  }
  return changes
}

/**
 * @param {{ httpContext: echo.Context, collection: models.Collection, record: models.Record }} e
 * @param {string} action
 * @param {any} changes
 */
function write(e, action, changes) {
  const dao = $app.dao()
  dao.saveRecord(new Record(dao.findCollectionByNameOrId("audit"), {
    action, collection: e.collection.name, record: e.record.id, actor: actorOf(e.httpContext), changes,
  }))
}

onRecordAfterCreateRequest((e) => write(e, "create", changesOf(null, e.record)), "notes")

// Before the update the record knows both: what is stored and what will be.
onRecordBeforeUpdateRequest((e) => {
  e.httpContext.set("audit", changesOf(e.record.originalCopy(), e.record))
}, "notes")
onRecordAfterUpdateRequest((e) => write(e, "update", e.httpContext.get("audit")), "notes")

onRecordAfterDeleteRequest((e) => write(e, "delete", {}), "notes")
