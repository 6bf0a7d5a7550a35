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
onRecordsListRequest((e) => { e.collection.name = "changed" }, "posts")
onRecordsListRequest((e) => { e.httpContext.response().header().set("X-Name", e.collection.name) }, "posts")
onRecordViewRequest((e) => { e.record.collection().name = "changed" }, "posts")
routerAdd("GET", "/find", (c) => {
  $app.dao().findCollectionByNameOrId("posts").name = "changed"
  c.get("collection")
  return c.string(200, $app.dao().findCollectionByNameOrId("posts").name)
})`})
	posts := &models.Collection{Name: "posts", Type: models.CollectionTypeBase, ListRule: new(string), ViewRule: new(string)}
	posts.Schema = schema.NewSchema(&schema.SchemaField{Name: "title", Type: schema.FieldTypeText})
	if err := s.app.Dao().SaveCollection(posts); err != nil {
		t.Fatal(err)
	}
	record := models.NewRecord(posts)
	if err := s.app.Dao().SaveRecord(record); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/find", "/api/collections/posts/records", "/api/collections/posts/records/" + record.Id, "/api/collections/posts/records"} {
		if code, body := s.request(http.MethodGet, path, ""); code != http.StatusOK {
			t.Errorf("GET %s: %d %s", path, code, body)
		}
	}
	if cached, err := s.app.Dao().CachedCollection("posts"); err != nil || cached.Name != "posts" {
		t.Errorf("the cached collection is %+v, %v", cached, err)
	}
}
