/// <reference path="../pb_data/types.d.ts" />

beforeEach(() => {
  $app.dao().saveCollection(new Collection({
    name: "slug_test", type: "base", createRule: "",
    schema: [{ name: "title", type: "text" }, { name: "slug", type: "text" }],
  }))
})

test("a slug is made of the title", () => {
  const answer = $test.request("POST", "/api/collections/slug_test/records", { body: { title: "Hello, world!" } })
  expect(answer.status).toBe(200)
  expect(answer.json.slug).toBe("hello-world")
})

test("a slug that is given stays", () => {
  const answer = $test.request("POST", "/api/collections/slug_test/records", { body: { title: "Hello", slug: "own" } })
  expect(answer.json.slug).toBe("own")
})
