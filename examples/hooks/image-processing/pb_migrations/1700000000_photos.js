/// <reference path="../pb_data/types.d.ts" />
migrate((db) => {
  new Dao(db).saveCollection(new Collection({
    name: "photos", type: "base", createRule: "", viewRule: "",
    schema: [
      { name: "image", type: "file", required: true, options: { maxSelect: 1, maxSize: 10485760, mimeTypes: ["image/png", "image/jpeg"] } },
      { name: "web", type: "file", options: { maxSelect: 1, maxSize: 10485760 } },
    ],
  }))
}, (db) => {
  const dao = new Dao(db)
  dao.deleteCollection(dao.findCollectionByNameOrId("photos"))
})
