const fail = (name) => { try { return typeof require(name) } catch (e) { return String(e) } }
const dir = files.replace(/files$/, "modules")
const util = require("./modules/util.js")
const r = {
  sum: util.sum(2, 3), same: [util === require("./modules/util"), util === require(dir + "/util.js")], data: require("./modules/data.json"), nested: util.fromNested(),
  dirname: util.dir.endsWith("modules"), globals: util.seesApp(), index: require("./modules/folder").name,
  bare: require(dir + "/bare.js"), fromWorkingDirectory: require("./testdata/modules/data.json").list.length,
  builtin: ["console", "process", "util", "node:util"].map((n) => typeof require(n)), same_console: require("console") === console,
  missing: [fail("no-such-module"), fail("./nope"), fail("/nope"), fail("fs"), fail("node:fs"), fail("path")],
  broken: fail("./modules/broken.js").includes("broken.js"),
  throwing: fail("./modules/throwing.js"),
};
r
