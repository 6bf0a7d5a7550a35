/// <reference path="../pb_data/types.d.ts" />

// GET /status tells admins how many records each collection has.

const { rows } = require("./lib/count.js")

// Runs once, when the file is loaded. Variables of a file belong to one runtime
// of many; the store is shared by all of them.
$app.store().set("status.loaded", new DateTime())

routerAdd("GET", "/status", (c) => {
  /** @type {{ [collection: string]: number }} */
  const totals = {}
  for (const type of ["base", "auth"]) {
    for (const collection of $app.dao().findCollectionsByType(type)) {
      totals[collection.name] = rows(collection.name)
    }
  }
  return c.json(200, { loaded: $app.store().get("status.loaded"), totals })
}, $apis.requireAdminAuth())
