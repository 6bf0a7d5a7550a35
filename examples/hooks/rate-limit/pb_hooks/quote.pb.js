/// <reference path="../pb_data/types.d.ts" />

const limited = require("./limit")("quote", 5, 3600)

routerAdd("GET", "/quote", (c) => c.json(200, { quote: "Simplicity is a great virtue." }), (next) => (c) => {
  limited(c)
  return next(c)
})
