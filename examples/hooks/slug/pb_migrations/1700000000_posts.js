/// <reference path="../pb_data/types.d.ts" />
migrate((db) => {
  new Dao(db).saveCollection(new Collection({
    name: "posts", type: "base", listRule: "", viewRule: "", createRule: "", updateRule: "",
    schema: [{ name: "title", type: "text", required: true }, { name: "slug", type: "text" }],
    indexes: ["CREATE UNIQUE INDEX idx_posts_slug ON posts (slug) WHERE slug != ''"],
  }))
}, (db) => {
  const dao = new Dao(db)
  dao.deleteCollection(dao.findCollectionByNameOrId("posts"))
})
