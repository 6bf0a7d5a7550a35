/// <reference path="../pb_data/types.d.ts" />

/** @param {string} html */
const plain = (html) => html.replace(/<[^>]*>/g, " ")

// The index follows every write, from the API and from scripts, in the transaction of the write if there is one.
/**
 * @param {daos.Dao} dao
 * @param {models.Record} page
 */
function index(dao, page) {
  remove(dao, page)
  dao.db().newQuery("INSERT INTO pages_fts (id, title, body) VALUES ({:id}, {:title}, {:body})")
    .bind({ id: page.id, title: page.getString("title"), body: plain(page.getString("body")) }).execute()
}

/**
 * @param {daos.Dao} dao
 * @param {models.Record} page
 */
function remove(dao, page) {
  dao.db().newQuery("DELETE FROM pages_fts WHERE id = {:id}").bind({ id: page.id }).execute()
}

onModelAfterCreate((e) => index(e.dao, e.model), "pages")
onModelAfterUpdate((e) => index(e.dao, e.model), "pages")
onModelAfterDelete((e) => remove(e.dao, e.model), "pages")

// Each word becomes a quoted prefix, so that no input is read as search syntax.
/** @param {string} text */
const matchOf = (text) => (text.match(/[\p{L}\p{N}]+/gu) || []).map((word) => `"${word}"*`).join(" ")

routerAdd("GET", "/search", (c) => {
  const match = matchOf(c.queryParam("q"))
  if (!match) return c.json(200, { items: [] })
  const hits = arrayOf(new DynamicModel({ id: "", title: "", excerpt: "" }))
  $app.dao().db().newQuery(`
    SELECT id, title, snippet(pages_fts, 2, '[', ']', '…', 12) AS excerpt
    FROM pages_fts WHERE pages_fts MATCH {:match} ORDER BY bm25(pages_fts, 0, 5, 1) LIMIT 20
  `).bind({ match }).all(hits)
  return c.json(200, { items: hits })
})
