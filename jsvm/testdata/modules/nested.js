exports.name = "nested-" + typeof module.exports
