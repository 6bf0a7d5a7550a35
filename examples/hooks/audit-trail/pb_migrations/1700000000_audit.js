/// <reference path="../pb_data/types.d.ts" />
migrate((db) => {
  const dao = new Dao(db)
  dao.saveCollection(new Collection({
    name: "notes", type: "base", listRule: "", viewRule: "", createRule: "", updateRule: "", deleteRule: "",
    schema: [{ name: "text", type: "text" }, { name: "stars", type: "number" }],
  }))
  // No rules: only admins may read the trail.
  dao.saveCollection(new Collection({
    name: "audit", type: "base",
    schema: [
      { name: "action", type: "text" }, { name: "collection", type: "text" }, { name: "record", type: "text" },
      { name: "actor", type: "text" }, { name: "changes", type: "json", options: { maxSize: 200000 } },
    ],
    indexes: ["CREATE INDEX idx_audit_record ON audit (collection, record)"],
  }))
}, (db) => {
  const dao = new Dao(db)
  for (const name of ["audit", "notes"]) dao.deleteCollection(dao.findCollectionByNameOrId(name))
})
