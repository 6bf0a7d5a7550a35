/// <reference path="../pb_data/types.d.ts" />

/** @type {models.Record} */
let user
/** @param {string} password */
const signIn = (password) => $test.request("POST", "/api/collections/users/auth-with-password", { body: { identity: "ada", password } })

beforeEach(() => {
  user = new Record($app.dao().findCollectionByNameOrId("users"), { username: "ada" })
  user.setPassword("correct horse")
  $app.dao().saveRecord(user)
})

test("the right password signs in", () => {
  const answer = signIn("correct horse")
  expect(answer.status).toBe(200)
  expect(answer.json.token).toBeTruthy()
})

test("three wrong passwords lock the account", () => {
  for (let i = 0; i < 3; i++) expect(signIn("wrong password").status).toBe(400)
  expect(signIn("correct horse").status).toBe(429)
  $app.store().remove("failures:" + user.id)
  expect(signIn("correct horse").status).toBe(200)
})

test("blocked users get no token", () => {
  user.set("blocked", true)
  $app.dao().saveRecord(user)
  const answer = signIn("correct horse")
  expect(answer.status).toBe(403)
  expect(answer.json.message).toBe("The account is blocked.")
  const refreshed = $test.request("POST", "/api/collections/users/auth-refresh", { as: user })
  expect(refreshed.status).toBe(403)
})
