exports.name = "index"
