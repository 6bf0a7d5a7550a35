import assert from "node:assert/strict"
import { after, before, describe, test } from "node:test"

import { EventSource } from "eventsource"
import PocketBase from "pocketbase"

globalThis.EventSource = EventSource // browsers have it

const url = process.env.APP_URL
const email = process.env.ADMIN_EMAIL
const password = process.env.ADMIN_PASSWORD

// The suite needs a running app; sdk_test.go starts one.
describe("realtime", { skip: !url && "APP_URL is not set" }, () => {
  const admin = new PocketBase(url)
  const guest = new PocketBase(url)
  const member = new PocketBase(url)
  let user

  before(async () => {
    await admin.admins.authWithPassword(email, password)
    await admin.collections.create({
      name: "rooms", type: "base", listRule: "", viewRule: "",
      schema: [{ name: "name", type: "text" }],
    })
    const rooms = await admin.collections.getOne("rooms")
    await admin.collections.create({
      name: "messages", type: "base", listRule: "public = true || @request.auth.id != ''", viewRule: "public = true || @request.auth.id != ''",
      schema: [
        { name: "text", type: "text" },
        { name: "public", type: "bool" },
        { name: "room", type: "relation", options: { collectionId: rooms.id, maxSelect: 1 } },
      ],
    })
    user = await admin.collection("users").create({ username: "listener", email: "listener@example.com", password: "1234567890", passwordConfirm: "1234567890" })
    await member.collection("users").authWithPassword("listener", "1234567890")
  })

  after(async () => {
    for (const client of [admin, guest, member]) await client.realtime.unsubscribe()
  })

  /** Subscribes and returns the events so far and a wait for a number of them. */
  const listen = async (client, topic, options, collection = "messages") => {
    const events = []
    let wake = () => {}
    const stop = await client.collection(collection).subscribe(topic, (e) => { events.push(e); wake() }, options)
    const wait = async (n) => {
      const late = AbortSignal.timeout(10_000)
      while (events.length < n) {
        await new Promise((resolve, reject) => {
          wake = resolve
          late.addEventListener("abort", () => reject(new Error(`${events.length} of ${n} events came`)), { once: true })
        })
      }
      return events
    }
    return { events, stop, wait }
  }

  const messages = () => admin.collection("messages")

  test("create, update and delete", async () => {
    const all = await listen(guest, "*")
    const created = await messages().create({ text: "one", public: true })
    const one = await listen(guest, created.id)
    await messages().update(created.id, { text: "two" })
    await messages().delete(created.id)
    const events = await all.wait(3)
    assert.deepEqual(events.map((e) => [e.action, e.record.text]), [["create", "one"], ["update", "two"], ["delete", "two"]])
    assert.equal(events[0].record.collectionName, "messages")
    assert.deepEqual((await one.wait(2)).map((e) => e.action), ["update", "delete"])
    await one.stop()
    await all.stop()
  })

  test("rules follow the sign-in", async () => {
    const asGuest = await listen(guest, "*")
    const asMember = await listen(member, "*")
    await messages().create({ text: "secret" })
    await messages().create({ text: "open", public: true })
    assert.deepEqual((await asMember.wait(2)).map((e) => e.record.text), ["secret", "open"])
    assert.deepEqual((await asGuest.wait(1)).map((e) => e.record.text), ["open"])
    await asGuest.stop()
    await asMember.stop()
  })

  test("expand, fields, filter and headers", async () => {
    const room = await admin.collection("rooms").create({ name: "lobby" })
    const shaped = await listen(guest, "*", { expand: "room", fields: "text,expand.room.name", filter: "text ~ 'wanted'", headers: { "X-Test": "1" } })
    await messages().create({ text: "other", public: true, room: room.id })
    await messages().create({ text: "wanted", public: true, room: room.id })
    assert.deepEqual(await shaped.wait(1), [{ action: "create", record: { text: "wanted", expand: { room: { name: "lobby" } } } }])
    await shaped.stop()
  })

  test("messages of scripts", async () => {
    let got
    const arrived = new Promise((resolve) => { got = resolve })
    const stop = await guest.realtime.subscribe("news", got)
    assert.deepEqual(await guest.send("/push", { method: "POST", body: { hello: "there" } }), { sent: 1 })
    assert.deepEqual(await arrived, { hello: "there" })
    await stop()
    // The last subscription is gone, so the client hangs up; the server hears of it a moment later.
    let sent = 1
    for (const until = Date.now() + 10_000; sent > 0 && Date.now() < until;) {
      sent = (await guest.send("/push", { method: "POST", body: {} })).sent
    }
    assert.equal(sent, 0)
  })

  test("a reload of the scripts keeps connections", async () => {
    const all = await listen(guest, "*")
    const id = guest.realtime.clientId
    await messages().create({ text: "before", public: true })
    assert.equal((await all.wait(1))[0].record.by, "first")
    assert.deepEqual(await admin.send("/rewrite", { method: "POST" }), {})
    const until = Date.now() + 10_000
    let by = "first"
    for (let n = 2; by === "first" && Date.now() < until; n++) {
      await messages().create({ text: "after", public: true })
      by = (await all.wait(n))[n - 1].record.by
    }
    assert.equal(by, "second")
    assert.equal(guest.realtime.clientId, id)
    await all.stop()
  })

  test("a new password ends the access", async () => {
    const asMember = await listen(member, "*")
    await admin.collection("users").update(user.id, { password: "0987654321", passwordConfirm: "0987654321" })
    await messages().create({ text: "secret again" })
    await messages().create({ text: "open again", public: true })
    assert.deepEqual((await asMember.wait(1)).map((e) => e.record.text), ["open again"])
  })
})
