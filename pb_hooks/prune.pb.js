/// <reference path="../pb_data/types.d.ts" />

// Deletes notes that were marked as done a month ago, once a day at 03:00 UTC.

const keptDays = 30

cronAdd("pruneNotes", "0 3 * * *", () => {
  const dao = $app.dao()
  if (!dao.hasTable("notes")) {
    return
  }
  const limit = new DateTime().time().addDate(0, 0, -keptDays).format("2006-01-02 15:04:05.000Z")
  const old = dao.findRecordsByFilter("notes", "done = true && updated < {:limit}", "", 500, 0, { limit })
  for (const note of old) {
    dao.deleteRecord(note)
  }
  if (old.length > 0) {
    $app.logger().info("notes pruned", "count", old.length)
  }
})
