// Calls every public method of the client at least once. The services are
// watched, so that a method which no test calls fails the last one.
import assert from "node:assert/strict"
import { generateKeyPairSync } from "node:crypto"
import { before, describe, test } from "node:test"

import { EventSource } from "eventsource"
import PocketBase, { ClientResponseError } from "pocketbase"

globalThis.EventSource = EventSource // browsers have it

const url = process.env.APP_URL
const email = process.env.ADMIN_EMAIL
const password = process.env.ADMIN_PASSWORD

/** Methods that the client declares public for its own use, or that talk to no server. */
const internal = new Set([
  "_getFullList", "_replaceQueryParams", "authResponse", "decode", // called by the others
  "hasSubscriptionListeners", "submitSubscriptions", "getSubscriptionsCancelKey", "getSubscriptionsByTopic",
  "getNonEmptySubscriptionKeys", "addAllSubscriptionListeners", "removeAllSubscriptionListeners", "connect",
  "initConnect", "hasUnsentSubscriptions", "connectErrorHandler", "disconnect",
])

const uncalled = new Set()

/** Makes a service report which of its methods were called. */
const watch = (name, service) => {
  for (let p = Object.getPrototypeOf(service); p !== Object.prototype; p = Object.getPrototypeOf(p)) {
    for (const key of Object.getOwnPropertyNames(p)) {
      const method = service[key]
      if (key === "constructor" || internal.has(key) || typeof method !== "function" || Object.hasOwn(service, key)) continue
      const label = `${name}.${key}`
      uncalled.add(label)
      service[key] = function (...args) {
        uncalled.delete(label)
        return method.apply(service, args)
      }
    }
  }
  return service
}

const refused = async (status, promise) => {
  const error = await promise.then(() => assert.fail("was not refused"), (e) => e)
  assert.ok(error instanceof ClientResponseError, String(error))
  assert.equal(error.status, status, JSON.stringify(error.response))
}

// The suite needs a running app; sdk_test.go starts one with a script that keeps
// the tokens of mails instead of sending them.
describe("methods", { skip: !url && "APP_URL is not set" }, () => {
  const admin = new PocketBase(url)
  for (const name of ["admins", "collections", "files", "logs", "realtime", "settings", "backups", "health"]) watch(name, admin[name])
  const user = new PocketBase(url)
  const members = watch("record", user.collection("members"))
  const mailed = async (kind) => (await admin.send("/mailed/" + kind, {})).token

  before(async () => {
    await admin.admins.authWithPassword(email, password)
    await admin.collections.create({
      name: "members", type: "auth", listRule: "", viewRule: "", createRule: "", updateRule: "id = @request.auth.id", deleteRule: "id = @request.auth.id",
      schema: [{ name: "avatar", type: "file", options: { maxSelect: 1, maxSize: 10_000, protected: true } }],
      options: { allowEmailAuth: true, allowUsernameAuth: true, allowOAuth2Auth: true, minPasswordLength: 8 },
    })
  })

  test("admins", async () => {
    await admin.admins.authRefresh()
    const second = await admin.admins.create({ email: "second@example.com", password: "1234567890", passwordConfirm: "1234567890" })
    assert.equal((await admin.admins.getOne(second.id)).email, "second@example.com")
    assert.equal((await admin.admins.getFirstListItem("email = 'second@example.com'")).id, second.id)
    assert.equal((await admin.admins.getFullList()).length, (await admin.admins.getList(1, 10)).totalItems)
    await admin.admins.update(second.id, { avatar: 3 })
    await admin.admins.requestPasswordReset("second@example.com")
    const token = await eventually(() => mailed("admin")) // the mail is made in the background
    assert.ok(await admin.admins.confirmPasswordReset(token, "0987654321", "0987654321"))
    assert.ok(await admin.admins.delete(second.id))
  })

  test("collections", async () => {
    const { id } = await admin.collections.create({ name: "plain", type: "base", schema: [{ name: "title", type: "text" }] })
    const plain = await admin.collections.update(id, { listRule: "" })
    assert.equal((await admin.collections.getOne("plain")).listRule, "")
    assert.equal((await admin.collections.getFirstListItem("name = 'plain'")).id, id)
    assert.ok((await admin.collections.getFullList()).length >= (await admin.collections.getList(1, 2)).items.length)
    await admin.collections.import([{ ...plain, listRule: "title != ''" }])
    assert.equal((await admin.collections.getOne(id)).listRule, "title != ''")
    assert.ok(await admin.collections.delete(id))
  })

  test("records of an auth collection", async () => {
    const created = await members.create({ username: "first", email: "first@example.com", emailVisibility: true, password: "12345678", passwordConfirm: "12345678" })
    const methods = await members.listAuthMethods()
    assert.equal(methods.emailPassword, true)
    await members.authWithPassword("first", "12345678")
    await members.authRefresh()

    assert.equal((await members.getOne(created.id)).email, "first@example.com")
    assert.equal((await members.getFirstListItem("username = 'first'")).id, created.id)
    assert.equal((await members.getList(1, 10)).totalItems, (await members.getFullList()).length)
    await members.update(created.id, { avatar: new File(["<svg/>"], "me.svg") })

    await members.requestVerification("first@example.com")
    assert.ok(await members.confirmVerification(await eventually(() => mailed("verification"))))
    assert.equal((await members.getOne(created.id)).verified, true)

    await members.requestEmailChange("changed@example.com")
    assert.ok(await members.confirmEmailChange(await eventually(() => mailed("email")), "12345678"))
    await members.authWithPassword("changed@example.com", "12345678")

    await members.requestPasswordReset("changed@example.com")
    assert.ok(await members.confirmPasswordReset(await eventually(() => mailed("reset")), "abcdefgh", "abcdefgh"))
    await refused(400, members.authWithPassword("first", "12345678"))
    await members.authWithPassword("first", "abcdefgh")
  })

  test("external accounts", async () => {
    // The whole flow against a provider has a suite of its own.
    await refused(400, members.authWithOAuth2Code("google", "code", "verifier", url))
    await assert.rejects(members.authWithOAuth2({ provider: "google", urlCallback: () => {} }))
    const { id } = user.authStore.model
    assert.deepEqual(await members.listExternalAuths(id), [])
    await refused(404, members.unlinkExternalAuth(id, "google"))
  })

  test("files", async () => {
    const token = await user.files.getToken()
    const own = await members.getOne(user.authStore.model.id)
    const address = admin.files.getUrl(own, own.avatar, { token })
    assert.equal(await (await fetch(address)).text(), "<svg/>")
    assert.ok(await admin.files.getToken())
  })

  test("realtime", async () => {
    const heard = deferred()
    await members.subscribe("*", (e) => heard.resolve(e.action))
    await admin.realtime.subscribe("news", () => {})
    await admin.realtime.subscribe("news/one", () => {})
    const listener = () => {}
    await admin.realtime.subscribe("other", listener)
    await members.update(user.authStore.model.id, { emailVisibility: false })
    assert.equal(await heard.promise, "update")
    await admin.realtime.unsubscribeByTopicAndListener("other", listener)
    await admin.realtime.unsubscribeByPrefix("news/")
    await admin.realtime.unsubscribe()
    await members.unsubscribe("*")
  })

  test("settings", async () => {
    assert.equal((await admin.settings.getAll()).meta.appName, "Acme")
    assert.equal((await admin.settings.update({ meta: { appName: "Methods" } })).meta.appName, "Methods")
    await refused(400, admin.settings.testS3("storage")) // it is not enabled
    assert.ok(await admin.settings.testEmail("someone@example.com", "verification")) // kept by the script
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" })
    const pem = privateKey.export({ type: "pkcs8", format: "pem" })
    const { secret } = await admin.settings.generateAppleClientSecret("client", "team567890", "key4567890", pem, 100)
    assert.equal(secret.split(".").length, 3)
  })

  test("logs", async () => {
    const [entry] = await eventually(async () => {
      const { items } = await admin.logs.getList(1, 5)
      return items.length > 0 && items
    }, 1000)
    assert.equal((await admin.logs.getOne(entry.id)).id, entry.id)
    assert.ok((await admin.logs.getStats()).length > 0)
  })

  test("backups and health", async () => {
    assert.equal((await admin.health.check()).code, 200)
    await admin.backups.create("first.zip")
    const [{ key }] = await admin.backups.getFullList()
    assert.equal(key, "first.zip")
    const archive = await (await fetch(admin.backups.getDownloadUrl(await admin.files.getToken(), key))).blob()
    await admin.backups.upload({ file: new File([archive], "second.zip", { type: "application/zip" }) })
    await admin.backups.delete("first.zip")
    await refused(400, admin.backups.restore("missing.zip"))
    await admin.backups.restore("second.zip")
    // The app is back with the data of the archive.
    await eventually(async () => (await admin.health.check().catch(() => ({}))).data?.canBackup && (await members.getFullList()).length === 1, 1000)
  })

  test("delete of the own account", async () => {
    await members.authWithPassword("first", "abcdefgh")
    assert.ok(await members.delete(user.authStore.model.id))
  })

  test("nothing was left out", () => {
    assert.deepEqual([...uncalled], [])
  })
})

const deferred = () => {
  const d = {}
  d.promise = new Promise((resolve) => { d.resolve = resolve })
  return d
}

/** Asks until the answer is truthy. */
const eventually = async (ask, tries = 300) => {
  for (let i = 0; i < tries; i++) {
    const answer = await ask()
    if (answer) return answer
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  assert.fail("nothing came")
}
