const nested = require("./nested.js")

module.exports = {
  sum: (a, b) => a + b,
  fromNested: () => nested.name,
  dir: __dirname,
  seesApp: () => typeof $app.dao,
}
