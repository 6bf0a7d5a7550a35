// A hook before a write that writes another record.
//
// answers: 503 in a circle
// request: POST /api/collections/circle2/records {"title":"a"}
onModelBeforeCreate((e) => {
  const copy = new Record($app.dao().findCollectionByNameOrId("circle2"), { title: "copy" });
  e.dao.saveRecord(copy);
}, "circle2");
