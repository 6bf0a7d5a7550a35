// A JSON route with a path parameter and a middleware
/// <reference path="../pb_data/types.d.ts" />

const greeting = (name) => ({ message: `Hello ${name}` })

routerAdd("GET", "/hello/:name", (c) => c.json(200, greeting(c.pathParam("name"))), (next) => (c) => {
  c.response().header().set("Cache-Control", "no-store")
  return next(c)
})
