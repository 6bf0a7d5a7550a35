/// <reference path="../pb_data/types.d.ts" />
migrate((db) => {
  new Dao(db).saveCollection(new Collection({
    name: "bookings", type: "base", createRule: "", updateRule: "", viewRule: "",
    schema: [
      { name: "email", type: "text" }, { name: "guests", type: "number" },
      { name: "from", type: "text" }, { name: "to", type: "text" },
    ],
  }))
}, (db) => {
  const dao = new Dao(db)
  dao.deleteCollection(dao.findCollectionByNameOrId("bookings"))
})
