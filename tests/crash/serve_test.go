package crash

import (
	"database/sql"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver for the integrity check

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// TestServerKilledUnderWriters ends the whole app with SIGKILL while 16 clients
// create records, 20 times. Whatever was answered with 200 must be there after
// the next start, and the database must be whole.
func TestServerKilledUnderWriters(t *testing.T) {
	t.Parallel()
	const rounds, writers = 20, 16
	folder := apptest.NewFolder(t)
	server := folder.Serve(t)
	server.Must(http.MethodPost, "/api/collections", server.Admin(), map[string]any{
		"name": "things", "type": "base", "createRule": "", "viewRule": "",
		"schema": []map[string]any{{"name": "title", "type": "text"}},
	})

	acknowledged := 0
	for round := range rounds {
		ids := writeUntilKilled(server, writers, time.Duration(20+7*round)*time.Millisecond)
		acknowledged += len(ids)
		server = folder.Serve(t)
		for _, id := range ids {
			answer, err := server.Do(http.MethodGet, "/api/collections/things/records/"+id, "", nil)
			if err != nil || answer.Status != http.StatusOK {
				t.Fatalf("round %d: acknowledged record %s: %d %v", round, id, answer.Status, err)
			}
		}
	}
	if acknowledged == 0 {
		t.Fatal("no write was acknowledged, so nothing was tested")
	}
	if code := server.Stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	checkIntegrity(t, folder.Path("pb_data", "data.db"))
}

// writeUntilKilled returns the ids of all acknowledged records.
func writeUntilKilled(server *apptest.Server, writers int, after time.Duration) []string {
	var (
		mu  sync.Mutex
		ids []string
		wg  sync.WaitGroup
	)
	for writer := range writers {
		wg.Go(func() {
			for i := 0; ; i++ {
				id := fmt.Sprintf("w%02dn%05dp%05d", writer, i, server.Pid()%100000)
				answer, err := server.Do(http.MethodPost, "/api/collections/things/records", "", map[string]any{"id": id, "title": "x"})
				if err != nil {
					return // the server is gone
				}
				if answer.Status == http.StatusOK {
					mu.Lock()
					ids = append(ids, id)
					mu.Unlock()
				}
			}
		})
	}
	timer := time.NewTimer(after)
	<-timer.C
	server.Kill()
	wg.Wait()
	return ids
}

func checkIntegrity(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var result string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&result); err != nil || result != "ok" {
		t.Fatalf("integrity_check: %q %v", result, err)
	}
}
