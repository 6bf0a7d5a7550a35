/// <reference path="../pb_data/types.d.ts" />

test("nothing is sent without news", () => {
  $app.dao().findRecordsByExpr("users").forEach((user) => $app.dao().deleteRecord(user))
  $test.cron("daily_mail")
  expect($test.mails()).toHaveLength(0)
})

test("new users are named", () => {
  const user = new Record($app.dao().findCollectionByNameOrId("users"), { username: "ada_test" })
  user.setPassword("1234567890")
  $app.dao().saveRecord(user)
  $test.cron("daily_mail")
  expect($test.mails()[0].html).toContain("ada_test")
})
