const get = (p) => $http.send({ url: base + p })
const fail = (fn) => { try { fn(); return "ok" } catch (e) { return String(e) } }
const form = new FormData()
form.append("title", "one"); form.set("title", "two"); form.append("tag", "a"); form.append("tag", "b"); form.append("num", 12)
form.append("gone", "x"); form.delete("gone")
form.append("doc", $filesystem.fileFromBytes("doc body", "report.txt"))
const cookie = get("/cookie").cookies
const r = {
  keys: Object.keys(get("/list")).sort(),
  statuses: [get("/teapot").statusCode, get("/teapot").json],
  text: [get("/text").json, get("/text").raw, get("/text").headers["Content-Type"]],
  list: get("/list").json,
  nothing: [get("/nothing").statusCode, get("/nothing").json, get("/nothing").raw],
  redirect: [get("/redirect").statusCode, get("/redirect").json],
  cookie: [cookie.sid.value, cookie.sid.name, cookie.sid.httpOnly, cookie.zzz === undefined],
  defaults: get("/echo?q=1").json,
  post: $http.send({ url: base + "/echo", method: "post", body: JSON.stringify({ k: [1] }), headers: { "X-Test": "yes" } }).json,
  typed: $http.send({ url: base + "/echo", method: "POST", body: "a=1", headers: { "content-type": "text/x" } }).json,
  data: $http.send({ url: base + "/echo", method: "PUT", data: { legacy: true } }).json,
  form: $http.send({ url: base + "/echo", method: "POST", body: form, headers: { "content-type": "multipart/form-data" } }).json,
  local: {
    has: form.has("title"), gone: form.has("gone"), get: form.get("title"), none: form.get("zip"), all: form.getAll("tag"),
    keys: form.keys(), values: form.values().length, entries: form.entries().length,
  },
  slow: fail(() => $http.send({ url: base + "/slow", timeout: 0.05 })).includes("deadline exceeded"),
  refused: fail(() => $http.send({ url: "http://127.0.0.1:1/" })).includes("refused"),
  noUrl: fail(() => $http.send({})),
};
r
