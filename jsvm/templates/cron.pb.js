// A job that mails something once a day
/// <reference path="../pb_data/types.d.ts" />

cronAdd("daily_mail", "0 6 * * *", () => {
  const meta = $app.settings().meta
  const users = $app.dao().findRecordsByFilter("users", "created > {:since}", "-created", 100, 0, {
    since: new DateTime(new Date(Date.now() - 24 * 3600 * 1000).toISOString()).string(),
  })
  if (users.length === 0) return
  $app.newMailClient().send(new MailerMessage({
    from: { address: meta.senderAddress, name: meta.senderName },
    to: [{ address: "team@example.com" }],
    subject: `${users.length} new users`,
    html: `<p>${users.map((user) => user.username()).join(", ")}</p>`,
  }))
})
