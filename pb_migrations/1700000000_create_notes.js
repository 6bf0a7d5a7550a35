/// <reference path="../pb_data/types.d.ts" />

// An example: a collection of notes that every signed-in user may read.
migrate((db) => {
  const collection = new Collection({
    name: "notes",
    type: "base",
    listRule: "@request.auth.id != ''",
    viewRule: "@request.auth.id != ''",
    schema: [
      { name: "title", type: "text", required: true, options: { max: 200 } },
      { name: "body", type: "editor" },
      { name: "done", type: "bool" },
    ],
    indexes: ["CREATE INDEX `idx_notes_done` ON `notes` (`done`, `updated`)"],
  })

  return new Dao(db).saveCollection(collection)
}, (db) => {
  const dao = new Dao(db)

  return dao.deleteCollection(dao.findCollectionByNameOrId("notes"))
})
