/// <reference path="../pb_data/types.d.ts" />

const url = "/api/collections/pages/records"
/**
 * @param {string} title
 * @param {string} body
 */
const add = (title, body) => $test.request("POST", url, { body: { title, body } }).json
/**
 * @param {string} q
 * @returns {Array<{ title: string, excerpt: string }>}
 */
const search = (q) => $test.request("GET", "/search?q=" + encodeURIComponent(q)).json.items

beforeEach(() => {
  add("Bread", "<p>Flour, water, salt and <b>patience</b>.</p>")
  add("Café", "<p>Nothing goes better with bread.</p>")
})

test("titles weigh more than bodies", () => {
  expect(search("bread").map((hit) => hit.title)).toEqual(["Bread", "Café"])
})

test("words are found by their beginning and without accents", () => {
  expect(search("cafe")).toHaveLength(1)
  expect(search("pati")[0].excerpt).toContain("[patience]")
})

test("the index follows changes", () => {
  const page = add("Soup", "")
  $test.request("PATCH", `${url}/${page.id}`, { body: { title: "Stew" } })
  expect(search("soup")).toHaveLength(0)
  expect(search("stew")).toHaveLength(1)
  $test.request("DELETE", `${url}/${page.id}`)
  expect(search("stew")).toHaveLength(0)
})

test("search syntax is text", () => {
  expect(search('") OR (')).toEqual([])
  expect(search("title:bread NOT x*")).toEqual([])
  expect(search("")).toEqual([])
})
