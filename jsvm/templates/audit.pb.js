// Notes in the log who changed which record
/// <reference path="../pb_data/types.d.ts" />

onRecordAfterUpdateRequest((e) => {
  const who = e.httpContext.get("admin") || e.httpContext.get("authRecord")
  $app.logger().info("record changed", "collection", e.collection.name, "record", e.record.id, "by", who ? who.id : "guest")
})
