// Fills a field from another one before a record is stored
/// <reference path="../pb_data/types.d.ts" />

const slugOf = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "")

// Remove the check and name your collection behind the handler to limit it: }, "posts")
onRecordBeforeCreateRequest((e) => {
  if (e.collection.schema.getFieldByName("slug") && !e.record.getString("slug")) {
    e.record.set("slug", slugOf(e.record.getString("title")))
  }
})
