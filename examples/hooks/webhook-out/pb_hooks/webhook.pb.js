/// <reference path="../pb_data/types.d.ts" />

const target = process.env.WEBHOOK_URL || "https://hooks.example.com/orders"
const secret = process.env.WEBHOOK_SECRET || "change me"
const maxAttempts = 5

// The client does not wait for the other server: the order and its message are stored, a job sends it.
onRecordAfterCreateRequest((e) => {
  const dao = $app.dao()
  dao.saveRecord(new Record(dao.findCollectionByNameOrId("outbox"), {
    status: "waiting", payload: { event: "order.created", order: e.record.publicExport() },
  }))
}, "orders")

/** @param {models.Record} entry */
function send(entry) {
  const body = entry.getString("payload")
  const attempts = entry.getInt("attempts") + 1
  entry.set("attempts", attempts)
  try {
    const answer = $http.send({
      method: "POST", url: target, body, timeout: 10,
      headers: { "Content-Type": "application/json", "X-Signature": "sha256=" + $security.hs256(body, secret) },
    })
    if (answer.statusCode >= 300) throw new Error("the server answered " + answer.statusCode)
    entry.set("status", "sent")
    entry.set("error", "")
  } catch (e) {
    entry.set("error", String(e))
    if (attempts >= maxAttempts) entry.set("status", "given up")
  }
  $app.dao().saveRecord(entry)
}

cronAdd("send_webhooks", "* * * * *", () => {
  const waiting = $app.dao().findRecordsByFilter("outbox", "status = 'waiting'", "created", 50, 0)
  for (const entry of waiting) send(entry)
})
