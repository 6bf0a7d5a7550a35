/// <reference path="../pb_data/types.d.ts" />

/** @param {any} body */
const create = (body) => $test.request("POST", "/api/collections/posts/records", { body })

test("the slug comes from the title", () => {
  expect(create({ title: "Crème brûlée, twice!" }).json.slug).toBe("creme-brulee-twice")
})

test("equal titles get numbers", () => {
  create({ title: "Hello" })
  create({ title: "Hello" })
  expect(create({ title: "hello?" }).json.slug).toBe("hello-3")
})

test("a slug that the client sends stays", () => {
  expect(create({ title: "Hello", slug: "mine" }).json.slug).toBe("mine")
})

test("posts of other scripts get one, too", () => {
  const post = new Record($app.dao().findCollectionByNameOrId("posts"), { title: "From a script" })
  $app.dao().saveRecord(post)
  expect(post.getString("slug")).toBe("from-a-script")
})
