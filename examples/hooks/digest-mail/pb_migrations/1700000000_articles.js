/// <reference path="../pb_data/types.d.ts" />
migrate((db) => {
  const dao = new Dao(db)
  dao.saveCollection(new Collection({
    name: "articles", type: "base", listRule: "", createRule: "",
    schema: [{ name: "title", type: "text", required: true }],
  }))
  dao.saveCollection(new Collection({
    name: "subscribers", type: "base", createRule: "",
    schema: [{ name: "email", type: "email", required: true }, { name: "lastDigest", type: "date" }],
  }))
}, (db) => {
  const dao = new Dao(db)
  for (const name of ["subscribers", "articles"]) dao.deleteCollection(dao.findCollectionByNameOrId(name))
})
