// Tells another server about new records
/// <reference path="../pb_data/types.d.ts" />

const target = process.env.WEBHOOK_URL || "https://hooks.example.com/records"

// Name your collections behind the handler to limit it: }, "posts")
onRecordAfterCreateRequest((e) => {
  const answer = $http.send({
    method: "POST", url: target, timeout: 10,
    body: JSON.stringify({ collection: e.collection.name, record: e.record }),
  })
  if (answer.statusCode >= 300) $app.logger().warn("webhook refused", "status", answer.statusCode)
})
