/// <reference path="../pb_data/types.d.ts" />
migrate((db) => {
  new Dao(db).saveCollection(new Collection({
    name: "tasks", type: "base", listRule: "deleted = ''", viewRule: "deleted = ''",
    createRule: "", updateRule: "deleted = ''", deleteRule: "deleted = ''",
    schema: [{ name: "title", type: "text" }, { name: "deleted", type: "date" }],
    indexes: ["CREATE INDEX idx_tasks_deleted ON tasks (deleted)"],
  }))
}, (db) => {
  const dao = new Dao(db)
  dao.deleteCollection(dao.findCollectionByNameOrId("tasks"))
})
