package process_test

import (
	"fmt"
	"net/http"
	"testing"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// TestServerNoticesCollectionsOfAnotherProcess migrates a folder beside the
// server that has it open.
func TestServerNoticesCollectionsOfAnotherProcess(t *testing.T) {
	t.Parallel()
	folder := apptest.NewFolder(t)
	server := folder.Serve(t)
	folder.Write(t, "pb_migrations/1800000000_things.js", `
migrate((db) => new Dao(db).saveCollection(new Collection({
  name: "things", type: "base", listRule: "", schema: [{ name: "title", type: "text" }],
})))`)
	if output, code := folder.Run(t, "migrate", "up"); code != 0 {
		t.Fatalf("migrate up: exit code %d\n%s", code, output)
	}
	apptest.Eventually(t, func() error {
		answer, err := server.Do(http.MethodGet, "/api/collections/things/records", "", nil)
		if err == nil && answer.Status != http.StatusOK {
			err = fmt.Errorf("status %d", answer.Status)
		}
		return err
	})
}
