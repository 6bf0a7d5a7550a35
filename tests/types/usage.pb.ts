/// <reference path="../pb_data/types.d.ts" />

// What the declarations know of the collection "notes" of the shipped
// migration. Lines marked as errors have to be errors.

const note = $app.dao().findRecordById("notes", "id")
const title: string = note.get("title")
const done: boolean = note.get("done")
const created: types.DateTime = note.get("created")
// @ts-expect-error it is a text
const wrong: number = note.get("title")
note.set("done", !done)
$app.dao().saveRecord(note)

const user = $app.dao().findAuthRecordByEmail("users", "a@example.com")
const address: string = user.get("email")

const other = $app.dao().findRecordsByFilter("other", "a = {:a}", "-created", 10, 0, { a: 1 })
other[0].get("anything").at(0)

onRecordAfterCreateRequest((e) => {
  const body: string = e.record.get("body")
  e.httpContext.json(200, { body, id: e.collection.id })
}, "notes")

onRecordBeforeAuthWithPasswordRequest((e) => {
  // @ts-expect-error nobody may match the identity
  e.record.get("email")
  e.record?.get("email")
}, "users", { order: 5, timeout: 100 })

onModelAfterUpdate((e) => console.log(e.model.name, e.model.schema.fields().length), "_collections")

onRecordsListRequest((e) => {
  for (const record of e.records) console.log(record.get("title").toUpperCase())
}, "notes")

// @ts-expect-error the event has no tags
onTerminate(() => {}, "notes")

routerAdd("GET", "/x/:id", async (c) => {
  const info = $apis.requestInfo(c)
  if (!info.authRecord) throw new ForbiddenError()
  const answer = await fetch("https://example.com", { signal: AbortSignal.timeout(1000) })
  const { json } = $http.send({ url: "https://example.com", method: "POST", body: JSON.stringify({ a: 1 }) })
  return c.json(answer.ok ? 200 : 500, { id: c.pathParam("id"), name: info.authRecord.username(), json })
}, $apis.requireRecordAuth("users"))

const totals = arrayOf(new DynamicModel({ name: "", total: 0 }))
$app.dao().db().select("name", "count(*) as total").from("notes").groupBy("name").all(totals)
totals[0].total.toFixed(2)

$app.dao().runInTransaction((txDao) => {
  const record = new Record(txDao.findCollectionByNameOrId("notes"), { title, address, created: created.string() })
  const form = new RecordUpsertForm($app, record)
  form.setDao(txDao)
  form.loadData({ title: "x" })
  form.submit((next) => (model) => next(model))
})

$app.rootCmd.addCommand(new Command({ use: "hello", run: (cmd, args) => console.log(cmd.name(), args.length, wrong) }))

routerAdd("POST", "/signed", async (c) => {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"])
  const signature: ArrayBuffer = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair.privateKey, new Uint8Array(1))
  const key: CryptoKey = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt"])
  return c.json(200, { size: signature.byteLength, algorithm: key.algorithm.name, jwk: await crypto.subtle.exportKey("jwk", pair.publicKey) })
})

routerAdd("GET", "/parts", async (c) => {
  const answer = await fetch("https://example.com", { method: "POST", body: new Blob(["text"], { type: "text/plain" }) })
  let size = 0
  if (answer.body) for await (const part of answer.body) size += part.byteLength
  const form = await new Response(new URLSearchParams("a=1")).formData()
  form.append("file", new File(["x"], "x.txt"), "y.txt")
  return c.json(200, { size, keys: form.keys() })
})
