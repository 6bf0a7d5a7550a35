import assert from "node:assert/strict"
import { after, before, describe, test } from "node:test"

import EventSource from "eventsource"
import PocketBase, { ClientResponseError } from "pocketbase"

import { Browser, startProvider } from "./provider.js"

globalThis.EventSource = EventSource

const url = process.env.APP_URL
const callback = "http://127.0.0.1:9/callback" // nobody listens there

// The suite needs a running app; oidc_test.go starts one.
describe("OAuth2 with a real provider", { skip: !url && "APP_URL is not set" }, () => {
  const admin = new PocketBase(url)
  let provider

  before(async () => {
    provider = await startProvider([`${url}/api/oauth2-redirect`, callback])
    await admin.admins.authWithPassword(process.env.ADMIN_EMAIL, process.env.ADMIN_PASSWORD)
    await admin.settings.update({ oidcAuth: provider.settings })
  })
  after(() => provider.close())

  /** Signs in with the flow that the app's own redirect page ends. */
  const signIn = (client, user, options = {}, behaviour = {}) => client.collection("users").authWithOAuth2({
    provider: "oidc",
    urlCallback: async (address) => {
      const end = await new Browser().signIn(user, address, (at) => at.startsWith(`${url}/_/`), behaviour)
      client.lastPage = end
    },
    ...options,
  })

  /** Gets a code for a redirect address of the client's own. */
  const codeFor = async (client, user) => {
    const { authProviders } = await client.collection("users").listAuthMethods()
    const method = authProviders.find((p) => p.name === "oidc")
    const end = new URL(await new Browser().signIn(user, method.authUrl + encodeURIComponent(callback), (at) => at.startsWith(callback)))
    assert.equal(end.searchParams.get("state"), method.state)
    return { code: end.searchParams.get("code"), verifier: method.codeVerifier }
  }

  const refused = async (promise) => {
    const error = await promise.then(() => assert.fail("was not refused"), (e) => e)
    assert.ok(error instanceof ClientResponseError, String(error))
    assert.equal(error.status, 400)
    return error
  }

  test("all-in-one sign-in", async () => {
    const client = new PocketBase(url)
    const first = await signIn(client, "ann", { createData: { name: "chosen", email: "spoofed@example.com" } })
    assert.equal(first.record.email, "ann@example.com")
    assert.equal(first.record.username, "ann")
    assert.equal(first.record.name, "chosen")
    assert.equal(first.record.verified, true)
    assert.equal(first.meta.isNew, true)
    assert.equal(first.meta.rawUser.sub, "ann")
    assert.ok(client.authStore.isValid)
    assert.match(client.lastPage, /oauth2-redirect-success$/)

    const second = await signIn(new PocketBase(url), "ann")
    assert.equal(second.record.id, first.record.id)
    assert.equal(second.meta.isNew, false)

    const links = await client.collection("users").listExternalAuths(first.record.id)
    assert.deepEqual(links.map((l) => [l.provider, l.providerId]), [["oidc", "ann"]])
    await client.collection("users").unlinkExternalAuth(first.record.id, "oidc")
    assert.deepEqual(await client.collection("users").listExternalAuths(first.record.id), [])
  })

  test("refused by the user", async () => {
    const client = new PocketBase(url)
    await assert.rejects(signIn(client, "ann", {}, { refuse: true }), (e) => /access_denied/.test(String(e.originalError)))
    assert.match(client.lastPage, /oauth2-redirect-failure$/)
    assert.equal(client.authStore.isValid, false)
  })

  test("own redirect address", async () => {
    const client = new PocketBase(url)
    const { code, verifier } = await codeFor(client, "ann")
    const users = client.collection("users")
    await users.authWithOAuth2Code("oidc", code, verifier, callback)
    assert.ok(client.authStore.isValid)
    client.authStore.clear()
    await refused(users.authWithOAuth2Code("oidc", code, verifier, callback))
  })

  test("codes are bound to verifier and redirect address", async () => {
    const users = new PocketBase(url).collection("users")
    const stolen = await codeFor(new PocketBase(url), "ann")
    await refused(users.authWithOAuth2Code("oidc", stolen.code, "x".repeat(43), callback))
    const moved = await codeFor(new PocketBase(url), "ann")
    await refused(users.authWithOAuth2Code("oidc", moved.code, moved.verifier, `${url}/api/oauth2-redirect`))
  })

  test("only the owner of an address gets its account", async () => {
    const attacker = new PocketBase(url)
    const squatted = await attacker.collection("users").create({
      username: "squatter", email: "victim@example.com", password: "12345678", passwordConfirm: "12345678",
    })
    await attacker.collection("users").authWithPassword("squatter", "12345678")

    const eve = await signIn(new PocketBase(url), "eve") // the provider does not vouch for her address
    assert.notEqual(eve.record.id, squatted.id)
    assert.equal(eve.record.email, "")

    const owner = await signIn(new PocketBase(url), "victim")
    assert.equal(owner.record.id, squatted.id)
    assert.equal(owner.record.verified, true)
    await refused(new PocketBase(url).collection("users").authWithPassword("squatter", "12345678"))
    const error = await attacker.collection("users").authRefresh().then(() => assert.fail("lives on"), (e) => e)
    assert.equal(error.status, 401)
  })
})
