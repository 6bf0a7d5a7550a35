/// <reference path="../pb_data/types.d.ts" />

const view = `${__hooks}/views/digest.html`

/** @param {models.Record} subscriber */
function mailTo(subscriber) {
  const dao = $app.dao()
  const since = subscriber.getString("lastDigest")
  const articles = dao.findRecordsByFilter("articles", "created > {:since}", "-created", 20, 0, { since })
  if (articles.length === 0) return

  const meta = $app.settings().meta
  $app.newMailClient().send(new MailerMessage({
    from: { address: meta.senderAddress, name: meta.senderName },
    to: [{ address: subscriber.getString("email") }],
    subject: articles[0].getString("title") + (articles.length > 1 ? ` and ${articles.length - 1} more` : ""),
    html: $template.loadFiles(view).render({
      appName: meta.appName, appUrl: meta.appUrl,
      articles: articles.map((article) => ({ id: article.id, title: article.getString("title") })),
    }),
  }))
  subscriber.set("lastDigest", articles[0].getString("created"))
  dao.saveRecord(subscriber)
}

cronAdd("digest", "0 7 * * *", () => {
  for (const subscriber of $app.dao().findRecordsByFilter("subscribers", "id != ''", "created", 0, 0)) {
    try {
      mailTo(subscriber)
    } catch (e) {
      $app.logger().error("digest not sent", "subscriber", subscriber.id, "error", String(e)) // the others still get theirs
    }
  }
})
