// A hook that writes what it waits for.
//
// answers: 503 in a circle
// request: POST /api/collections/circle/records {"title":"a"}
onModelAfterCreate((e) => {
  $app.dao().saveRecord(e.model);
}, "circle");
onModelAfterUpdate((e) => {
  e.model.set("count", e.model.getInt("count") + 1);
  $app.dao().saveRecord(e.model);
}, "circle");
