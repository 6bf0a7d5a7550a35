/// <reference path="../pb_data/types.d.ts" />

/** @param {string} text */
const slugOf = (text) =>
  text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "")

// The first of hello, hello-2, hello-3, … that no other post has.
/**
 * @param {daos.Dao} dao
 * @param {string} wanted
 */
function freeSlug(dao, wanted) {
  for (let n = 1; ; n++) {
    const slug = n === 1 ? wanted : `${wanted}-${n}`
    const taken = dao.findRecordsByFilter("posts", "slug = {:slug}", "", 1, 0, { slug })
    if (taken.length === 0) return slug
  }
}

// A model hook also sees posts that other scripts create.
onModelBeforeCreate((e) => {
  const post = e.model
  if (post.getString("slug") === "") {
    post.set("slug", freeSlug(e.dao, slugOf(post.getString("title")) || "post"))
  }
}, "posts")
