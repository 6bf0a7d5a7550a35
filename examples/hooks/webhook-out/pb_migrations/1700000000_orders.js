/// <reference path="../pb_data/types.d.ts" />
migrate((db) => {
  const dao = new Dao(db)
  dao.saveCollection(new Collection({
    name: "orders", type: "base", createRule: "", schema: [{ name: "item", type: "text", required: true }],
  }))
  dao.saveCollection(new Collection({
    name: "outbox", type: "base",
    schema: [
      { name: "payload", type: "json", options: { maxSize: 200000 } }, { name: "attempts", type: "number" },
      { name: "status", type: "select", options: { maxSelect: 1, values: ["waiting", "sent", "given up"] } },
      { name: "error", type: "text" },
    ],
  }))
}, (db) => {
  const dao = new Dao(db)
  for (const name of ["outbox", "orders"]) dao.deleteCollection(dao.findCollectionByNameOrId(name))
})
