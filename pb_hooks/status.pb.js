/// <reference path="../pb_data/types.d.ts" />

// GET /status tells admins how many records each collection has.

const { rows } = require("./lib/count.js")

const started = new DateTime()

routerAdd("GET", "/status", (c) => {
  const totals = {}
  for (const type of ["base", "auth"]) {
    for (const collection of $app.dao().findCollectionsByType(type)) {
      totals[collection.name] = rows(collection.name)
    }
  }
  return c.json(200, { started, totals })
}, $apis.requireAdminAuth())
