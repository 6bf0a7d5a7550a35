// A deep value for a record.
//
// answers: 400 Something went wrong|503
routerAdd("GET", "/hostile/deep-record", (c) => {
  let a = [];
  for (let i = 0; i < 1e5; i++) a = [a];
  new Record($app.dao().findCollectionByNameOrId("posts")).set("meta", a);
});
