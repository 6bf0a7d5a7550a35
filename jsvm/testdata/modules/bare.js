module.exports = [require("tiny")(4), require("withmain").name]
