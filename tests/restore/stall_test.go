package restore

import (
	"database/sql"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// maxStall is for how long at most a backup may keep every writer waiting.
const maxStall = 50 * time.Millisecond

// TestBackupDoesNotStallWriters measures the longest time without any
// acknowledged write while a database of some 60 MB is backed up, and compares
// it with the time before: this machine may be busy with other things.
func TestBackupDoesNotStallWriters(t *testing.T) {
	folder := apptest.NewFolder(t)
	server := folder.Serve(t)
	token := server.Admin()
	createThings(t, server, token)
	server.Stop()
	fillThings(t, folder.Path("pb_data", "data.db"))
	server = folder.Serve(t)

	w := startWriters(server, 16)
	w.waitFor(t, 500)
	defer w.stop()
	// What the backup does happens every time, what the machine does need not.
	const tries = 4
	for try := range tries {
		before := longestGap(w, func() {
			timer := time.NewTimer(2 * time.Second)
			<-timer.C
		})
		during := longestGap(w, func() {
			server.Must(http.MethodPost, "/api/backups", token, map[string]any{"name": fmt.Sprintf("stall%d.zip", try)})
		})
		t.Logf("longest time without a write: %s, during the backup %s", before, during)
		if during <= before+maxStall {
			return
		}
	}
	t.Errorf("each of %d backups kept the writers waiting", tries)
}

func fillThings(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	const fill = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) " +
		"INSERT INTO things (id, title) SELECT printf('fill%011d', i), hex(randomblob(200)) FROM n"
	if _, err := db.ExecContext(t.Context(), fill); err != nil {
		t.Fatal(err)
	}
}

// longestGap returns the longest time without an acknowledged write during act.
func longestGap(w *writers, act func()) time.Duration {
	var ended atomic.Bool
	measured := make(chan time.Duration)
	go func() {
		tick := time.NewTicker(time.Millisecond)
		defer tick.Stop()
		var longest time.Duration
		count, since := w.count(), time.Now()
		for !ended.Load() {
			<-tick.C
			if n := w.count(); n != count {
				longest = max(longest, time.Since(since))
				count, since = n, time.Now()
			}
		}
		measured <- max(longest, time.Since(since))
	}()
	act()
	ended.Store(true)
	return <-measured
}

func (w *writers) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.ids)
}
