// A frozen event.
//
// answers: 200|400
// request: POST /api/collections/frozen/records {"title":"a"}
onRecordBeforeCreateRequest((e) => {
  Object.freeze(e);
  Object.freeze(e.record);
  Object.preventExtensions(e.httpContext);
  e.record.set("title", "changed");
}, "frozen");
