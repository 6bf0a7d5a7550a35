const db = $app.dao().db()
const sql = (exp) => db.select("id").from("t").where(exp).build().sql().replace("SELECT `id` FROM `t`", "").replace(" WHERE ", "")
const fail = (fn) => { try { return fn() } catch (e) { return String(e) } }
const r = {
  exp: sql($dbx.exp("a = {:a}", { a: 1 })),
  hash: sql($dbx.hashExp({ a: 1, b: null, c: [1, 2], d: [] })),
  and: sql($dbx.and($dbx.exp("a"), $dbx.or($dbx.exp("b"), $dbx.not($dbx.exp("c"))))),
  in: [sql($dbx.in("a", 1, 2)), sql($dbx.notIn("a", "x")), sql($dbx.in("a"))],
  like: [sql($dbx.like("a", "x", "y")), sql($dbx.orLike("a", "x", "y")), sql($dbx.notLike("a", "x")), sql($dbx.orNotLike("a", "x", "y"))],
  match: sql($dbx.like("a", "x").match(true, false)),
  between: [sql($dbx.between("a", 1, 2)), sql($dbx.notBetween("a", 1, 2))],
  exists: [sql($dbx.exists($dbx.exp("select 1"))), sql($dbx.notExists($dbx.exp("select 1")))],
  members: [Object.keys($dbx.hashExp({ a: 1 })), Object.keys($dbx.like("a", "b")).sort()],
};
r
