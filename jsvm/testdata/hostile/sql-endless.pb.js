// A query that never ends.
//
// answers: 400|503
routerAdd("GET", "/hostile/sql-endless", (c) => {
  $app.dao().db().newQuery("WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c").execute();
});
