module.exports = require("node:assert");
