const fail = (fn) => { try { return fn() } catch (e) { return e.name + ": " + e.message } }
const dao = $app.dao()
const collection = new Collection({
  name: "things", type: "base",
  schema: [{ name: "title", type: "text" }, new SchemaField({ name: "n", type: "number" }), { name: "tags", type: "select", options: { values: ["x", "y"], maxSelect: 2 } }, { name: "meta", type: "json", options: { maxSize: 1000 } }],
})
dao.saveCollection(collection)
for (const [title, n] of [["b", 2], ["a", 1], ["c", 3.5]]) {
  const record = new Record(collection, { title, n })
  record.set("meta", { k: title })
  dao.saveRecord(record)
}
const rows = arrayOf(new DynamicModel({ title: "", n: -0, meta: {}, tags: [] }))
dao.db().select("title", "n", "meta", "tags").from("things").orderBy("title ASC").all(rows)
const one = new DynamicModel({ total: 0, half: 0.5, on: false, "odd name": "x" })
dao.db().newQuery("select count(*) as total, 1.5 as half, 1 as [[on]], 'y' as [[odd name]] from things").one(one)
const records = arrayOf(new Record())
dao.recordQuery("things").orderBy("title DESC").limit(2).all(records)
const titles = arrayOf(""), numbers = arrayOf(0)
dao.db().select("title").from("things").orderBy("title ASC").column(titles)
dao.db().newQuery("select count(*) from things").column(numbers)
const pushed = arrayOf(new DynamicModel({ n: 0 }))
pushed.push(new DynamicModel({ n: 4 }))
const schema = new Schema([{ name: "a", type: "text" }])
schema.addField(new SchemaField({ name: "pic", type: "file", options: { maxSelect: 1, maxSize: 10 } }))
const admin = new Admin({ email: "made@example.com", avatar: 3 })
admin.setPassword("secretpass1")
dao.saveAdmin(admin)
const plain = new Dao(dao.db())
const r = {
  rows: rows.map((row) => [row.title, row.n, row.meta.get("k"), row.tags.length]), length: rows.length, isArray: Array.isArray(rows),
  json: JSON.stringify(rows[0]), one, keys: Object.keys(one),
  records: records.map((rec) => rec.get("title")), titles: titles.map((t) => t), numbers: numbers[0], pushed: [pushed.length, pushed[0].n],
  schema: [schema.fields().length, schema.getFieldByName("zzz"), schema.fields()[0].id.length, schema.getFieldByName("a").prepareValue(5)],
  collection: [collection.id.length, collection.schema.fields().length, collection.isBase(), collection.listRule],
  admin: [dao.findAdminByEmail("made@example.com").validatePassword("secretpass1"), admin.avatar],
  dao: plain.findFirstRecordByData("things", "title", "a").getInt("n"),
  classes: [
    new Record() instanceof Record, new Collection() instanceof Collection, one instanceof DynamicModel, records[0] instanceof Record, new Schema() instanceof Schema,
  ],
  errors: {
    empty: fail(() => new DynamicModel({})), missing: fail(() => new DynamicModel()), dao: fail(() => new Dao()), array: fail(() => arrayOf()),
    json: fail(() => new Collection({ name: { a: 1 } })).slice(0, 8), quote: fail(() => new DynamicModel({ 'a"b': 1 })),
    nul: fail(() => dao.db().newQuery("select null as total").one(new DynamicModel({ total: 0 }))).slice(0, 14),
  },
};
r
