/// <reference path="../pb_data/types.d.ts" />

const outbox = () => $app.dao().findRecordsByFilter("outbox", "id != ''", "", 0, 0)[0]

beforeEach(() => {
  const answer = $test.request("POST", "/api/collections/orders/records", { body: { item: "book" } })
  expect(answer.status).toBe(200)
  expect($test.requests()).toHaveLength(0)
})

test("the job sends a signed message", () => {
  $test.http("POST https://hooks.example.com/*", { status: 204 })
  $test.cron("send_webhooks")
  $test.cron("send_webhooks")

  const sent = $test.requests()
  expect(sent).toHaveLength(1)
  expect(sent[0].json).toMatchObject({ event: "order.created", order: { item: "book" } })
  expect(sent[0].headers["x-signature"]).toBe("sha256=" + $security.hs256(sent[0].body, "change me"))
  expect(outbox().getString("status")).toBe("sent")
})

test("a server that fails is asked again", () => {
  $test.http("POST *", { status: 500 })
  $test.cron("send_webhooks")
  expect(outbox().getString("error")).toContain("500")

  $test.http("POST *", { status: 200 })
  $test.cron("send_webhooks")
  expect(outbox().getString("status")).toBe("sent")
  expect(outbox().getInt("attempts")).toBe(2)
})

test("after five attempts it is given up", () => {
  $test.http("POST *", { error: "connection refused" })
  for (let i = 0; i < 7; i++) $test.cron("send_webhooks")
  expect($test.requests()).toHaveLength(5)
  expect(outbox().getString("status")).toBe("given up")
})
