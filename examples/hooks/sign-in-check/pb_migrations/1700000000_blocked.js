/// <reference path="../pb_data/types.d.ts" />
migrate((db) => {
  const dao = new Dao(db)
  const users = dao.findCollectionByNameOrId("users")
  users.schema.addField(new SchemaField({ name: "blocked", type: "bool" }))
  users.updateRule = null // or users could unblock themselves
  dao.saveCollection(users)
}, (db) => {
  const dao = new Dao(db)
  const users = dao.findCollectionByNameOrId("users")
  users.schema.removeField(users.schema.getFieldByName("blocked").id)
  dao.saveCollection(users)
})
