/// <reference path="../pb_data/types.d.ts" />
migrate((db) => {
  new Dao(db).saveCollection(new Collection({
    name: "pages", type: "base", listRule: "", viewRule: "", createRule: "", updateRule: "", deleteRule: "",
    schema: [{ name: "title", type: "text" }, { name: "body", type: "editor" }],
  }))
  db.newQuery("CREATE VIRTUAL TABLE pages_fts USING fts5(id UNINDEXED, title, body, tokenize = 'unicode61 remove_diacritics 2')").execute()
}, (db) => {
  const dao = new Dao(db)
  db.newQuery("DROP TABLE pages_fts").execute()
  dao.deleteCollection(dao.findCollectionByNameOrId("pages"))
})
