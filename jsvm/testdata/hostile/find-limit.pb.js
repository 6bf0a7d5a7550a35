// A query for any number of records.
//
// answers: 200 done
routerAdd("GET", "/hostile/find-limit", (c) => {
  $app.dao().findRecordsByFilter("posts", "id = 'x'", "", 9e15, 0);
  return c.string(200, "done");
});
