/// <reference path="../pb_data/types.d.ts" />

beforeEach(() => {
  $app.dao().saveCollection(new Collection({
    name: "validate_test", type: "base", createRule: "", schema: [{ name: "title", type: "text" }],
  }))
})

const create = (title: string) => $test.request("POST", "/api/collections/validate_test/records", { body: { title } })

test("a title of three characters is enough", () => {
  expect(create("abc").status).toBe(200)
})

test("a shorter one is refused", () => {
  const answer = create("ab")
  expect(answer.status).toBe(400)
  expect(answer.json.data.title.code).toBe("too_short")
})
