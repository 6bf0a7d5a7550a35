package jsvm

import (
	"net/http"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// TestScriptsCannotChangeCachedCollections changes everything that leads to a
// collection. Later handlers of the event see it, other requests do not.
func TestScriptsCannotChangeCachedCollections(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
onRecordsListRequest((e) => { e.collection.name = "changed" }, "things")
onRecordsListRequest((e) => { e.httpContext.response().header().set("X-Name", e.collection.name) }, "things")
onRecordViewRequest((e) => {
  e.record.collection().name = "changed"
  if (e.record.collection().name !== "changed" || e.record.collection() !== e.record.collection()) throw new Error("another collection")
}, "things")
routerAdd("GET", "/find", (c) => {
  $app.dao().findCollectionByNameOrId("things").name = "changed"
  c.get("collection")
  return c.string(200, $app.dao().findCollectionByNameOrId("things").name)
})`})
	things := &models.Collection{Name: "things", Type: models.CollectionTypeBase, ListRule: new(string), ViewRule: new(string)}
	things.Schema = schema.NewSchema(&schema.SchemaField{Name: "title", Type: schema.FieldTypeText})
	if err := s.app.Dao().SaveCollection(things); err != nil {
		t.Fatal(err)
	}
	record := models.NewRecord(things)
	if err := s.app.Dao().SaveRecord(record); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/find", "/api/collections/things/records", "/api/collections/things/records/" + record.Id, "/api/collections/things/records"} {
		if code, body := s.request(http.MethodGet, path, ""); code != http.StatusOK {
			t.Errorf("GET %s: %d %s", path, code, body)
		}
	}
	if cached, err := s.app.Dao().CachedCollection("things"); err != nil || cached.Name != "things" {
		t.Errorf("the cached collection is %+v, %v", cached, err)
	}
}
