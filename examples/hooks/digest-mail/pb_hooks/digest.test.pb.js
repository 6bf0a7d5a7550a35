/// <reference path="../pb_data/types.d.ts" />

/**
 * @param {string} collection
 * @param {{ [field: string]: any }} data
 */
const add = (collection, data) => {
  const record = new Record($app.dao().findCollectionByNameOrId(collection), data)
  $app.dao().saveRecord(record)
  return record
}

beforeEach(() => {
  add("subscribers", { email: "ada@example.com" })
})

test("no news, no mail", () => {
  $test.cron("digest")
  expect($test.mails()).toHaveLength(0)
})

test("news are sent once", () => {
  add("articles", { title: "One" })
  add("articles", { title: "<b>Two</b>" })
  $test.cron("digest")
  $test.cron("digest")

  expect($test.mails()).toHaveLength(1)
  const mail = $test.mails()[0]
  expect(mail.to).toEqual(["ada@example.com"])
  expect(mail.subject).toContain("and 1 more")
  expect(mail.html).toContain("One")
  expect(mail.html).toContain("&lt;b&gt;Two&lt;/b&gt;")
})
