import assert from "node:assert/strict"
import { before, describe, test } from "node:test"

import PocketBase, { ClientResponseError } from "pocketbase"

const url = process.env.APP_URL
const email = process.env.ADMIN_EMAIL
const password = process.env.ADMIN_PASSWORD

// The suite needs a running app; sdk_test.go starts one.
describe("client", { skip: !url && "APP_URL is not set" }, () => {
  const admin = new PocketBase(url)
  const guest = new PocketBase(url)

  /** Collections by name, made once for all tests. */
  const made = {}

  before(async () => {
    await admin.admins.authWithPassword(email, password)
    made.authors = await admin.collections.create({
      name: "authors", type: "base", listRule: "", viewRule: "",
      schema: [{ name: "name", type: "text", required: true }],
    })
    made.posts = await admin.collections.create({
      name: "posts", type: "base", listRule: "published = true", viewRule: "published = true",
      schema: [
        { name: "title", type: "text", required: true, options: { min: 3, max: 60 } },
        { name: "slug", type: "text" },
        { name: "rank", type: "number" },
        { name: "published", type: "bool" },
        { name: "tags", type: "select", options: { maxSelect: 3, values: ["go", "js", "sql"] } },
        { name: "author", type: "relation", options: { collectionId: made.authors.id, maxSelect: 1, cascadeDelete: true } },
        { name: "docs", type: "file", options: { maxSelect: 2, maxSize: 10_000 } },
      ],
      indexes: ["CREATE UNIQUE INDEX `idx_posts_title` ON `posts` (`title`)"],
    })
  })

  /** Asserts that a call is refused with a status; returns the error. */
  const refused = async (status, promise) => {
    const error = await promise.then(() => assert.fail("was not refused"), (e) => e)
    assert.ok(error instanceof ClientResponseError, String(error))
    assert.equal(error.status, status, JSON.stringify(error.response))
    return error
  }

  test("health", async () => {
    assert.equal((await guest.health.check()).code, 200)
  })

  test("admin sign-in", async () => {
    const other = new PocketBase(url)
    await refused(400, other.admins.authWithPassword(email, "wrong password"))
    const { token, admin: found } = await other.admins.authWithPassword(email, password)
    assert.equal(found.email, email)
    assert.ok(other.authStore.isValid && other.authStore.isAdmin && token)
    await other.admins.authRefresh()
    other.authStore.clear()
    await refused(401, other.admins.getList(1, 10))
  })

  test("collections", async () => {
    const names = (await admin.collections.getFullList({ sort: "name" })).map((c) => c.name)
    assert.ok(names.includes("authors") && names.includes("posts"))
    const extra = await admin.collections.create({ name: "extra", type: "base", schema: [{ name: "a", type: "text" }] })
    const renamed = await admin.collections.update(extra.id, {
      name: "renamed", schema: [{ ...extra.schema[0], name: "b" }, { name: "n", type: "number" }],
    })
    assert.deepEqual(renamed.schema.map((f) => f.name), ["b", "n"])
    assert.ok(await admin.collections.delete("renamed"))
    await refused(404, admin.collections.getOne(extra.id))
    const error = await refused(400, admin.collections.create({ name: "posts", type: "base", schema: [] }))
    assert.ok(error.response.data.name)
  })

  test("create, view, update, delete", async () => {
    const posts = admin.collection("posts")
    const created = await posts.create({ title: "Crud Post", rank: 1.5, published: true, tags: ["go"] })
    assert.match(created.id, /^[a-z0-9]{15}$/)
    assert.equal(created.slug, "crud-post") // set by the script
    assert.equal(created.collectionName, "posts")

    const seen = await guest.collection("posts").getOne(created.id)
    assert.deepEqual(seen, { ...created })

    const changed = await posts.update(created.id, { "rank+": 2, "tags+": "js", published: false })
    assert.equal(changed.rank, 3.5)
    assert.deepEqual(changed.tags, ["go", "js"])
    await refused(404, guest.collection("posts").getOne(created.id))

    assert.ok(await posts.delete(created.id))
    await refused(404, posts.getOne(created.id))
  })

  test("refused values", async () => {
    const posts = admin.collection("posts")
    const short = await refused(400, posts.create({ title: "x" }))
    assert.equal(short.response.data.title.code, "validation_min_text_constraint")
    const { id } = await posts.create({ title: "Only Once" })
    await refused(400, posts.create({ title: "Only Once" }))
    const relation = await refused(400, posts.create({ title: "No Author", author: "missing12345678" }))
    assert.ok(relation.response.data.author)
    await refused(403, guest.collection("posts").create({ title: "Guest Post" }))
    await posts.delete(id)
  })

  test("filter, sort and pages", async () => {
    const posts = admin.collection("posts")
    for (let i = 1; i <= 7; i++) {
      await posts.create({ title: `Filter ${i}`, rank: i, published: i % 2 === 1, tags: i > 4 ? ["sql", "go"] : ["js"] })
    }
    const page = await posts.getList(2, 3, { filter: "title ~ 'Filter'", sort: "-rank" })
    assert.equal(page.totalItems, 7)
    assert.equal(page.totalPages, 3)
    assert.deepEqual(page.items.map((p) => p.rank), [4, 3, 2])

    const bound = admin.filter("rank > {:low} && tags:each ?= {:tag}", { low: 5, tag: "sql" })
    assert.deepEqual((await posts.getFullList({ filter: bound, sort: "rank", batch: 1 })).map((p) => p.rank), [6, 7])

    const visible = await guest.collection("posts").getFullList({ filter: "title ~ 'Filter'", fields: "rank", sort: "+rank" })
    assert.deepEqual(visible, [{ rank: 1 }, { rank: 3 }, { rank: 5 }, { rank: 7 }])

    const first = await posts.getFirstListItem("rank >= 3", { sort: "rank", skipTotal: true })
    assert.equal(first.rank, 3)
    await refused(404, posts.getFirstListItem("rank > 1000"))
    await refused(400, posts.getList(1, 1, { filter: "rank >" }))
    await refused(400, posts.getList(1, 1, { filter: "nothere = 1" }))
  })

  test("expand and back-relations", async () => {
    const author = await admin.collection("authors").create({ name: "Ann" })
    const post = await admin.collection("posts").create({ title: "Expand Me", published: true, author: author.id })
    const seen = await guest.collection("posts").getOne(post.id, { expand: "author" })
    assert.equal(seen.expand.author.name, "Ann")
    const back = await guest.collection("authors").getOne(author.id, { expand: "posts_via_author" })
    assert.deepEqual(back.expand.posts_via_author.map((p) => p.title), ["Expand Me"])
    const byAuthor = await guest.collection("posts").getFullList({ filter: "author.name = 'Ann'" })
    assert.equal(byAuthor.length, 1)

    await admin.collection("authors").delete(author.id) // cascades
    await refused(404, admin.collection("posts").getOne(post.id))
  })

  test("file upload", async () => {
    const body = new FormData()
    body.append("title", "With Files")
    body.append("published", "true")
    body.append("docs", new Blob(["first"]), "First Doc.txt")
    body.append("docs", new Blob(["second"]), "second.txt")
    const created = await admin.collection("posts").create(body)
    assert.equal(created.docs.length, 2)
    assert.match(created.docs[0], /^first_doc_\w{10}\.txt$/)
    assert.ok(admin.files.getUrl(created, created.docs[0]).endsWith(created.docs[0]))

    const kept = await admin.collection("posts").update(created.id, { "docs-": created.docs[0] })
    assert.deepEqual(kept.docs, [created.docs[1]])

    const tooBig = new FormData()
    tooBig.append("docs", new Blob(["x".repeat(20_000)]), "big.txt")
    const error = await refused(400, admin.collection("posts").update(created.id, tooBig))
    assert.ok(error.response.data.docs)
    await admin.collection("posts").delete(created.id)
  })

  test("users", async () => {
    const users = await admin.collections.create({
      name: "people", type: "auth", createRule: "", listRule: "id = @request.auth.id", viewRule: "id = @request.auth.id",
      options: { allowEmailAuth: true, allowUsernameAuth: true, minPasswordLength: 8 },
    })
    const person = await guest.collection("people").create({ email: "a@example.com", password: "12345678", passwordConfirm: "12345678" })
    assert.ok(person.username)
    assert.equal(person.email, undefined) // hidden from others
    assert.ok(await admin.collections.delete(users.id))
  })

  test("settings", async () => {
    const { meta } = await admin.settings.update({ meta: { appName: "From the client" } })
    assert.equal(meta.appName, "From the client")
    await refused(401, guest.settings.getAll())
  })
})
