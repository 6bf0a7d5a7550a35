package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// TestSnapshotUnderWriters copies a database again and again while 16 callers
// write pairs of rows: every copy is whole, holds what was acknowledged before
// it, and never half a pair.
func TestSnapshotUnderWriters(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	mustExec(t, d, "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c WHERE x < 20000) INSERT INTO t (id, n, s) SELECT 'seed' || x, 0, hex(randomblob(50)) FROM c")

	var acknowledged atomic.Int64
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for w := range 16 {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				id := fmt.Sprintf("w%02d-%d", w, i)
				if err := d.Exec(ctx, insertRow(id+"a"), insertRow(id+"b")); err != nil {
					t.Error(err)
					return
				}
				acknowledged.Add(2)
			}
		})
	}
	for i := range 3 {
		before := acknowledged.Load()
		path := filepath.Join(t.TempDir(), fmt.Sprintf("copy%d.db", i))
		if err := d.Snapshot(ctx, path); err != nil {
			t.Fatal(err)
		}
		checkSnapshot(t, path, before)
	}
	close(stop)
	wg.Wait()
}

func insertRow(id string) db.Op {
	return db.Op{SQL: "INSERT INTO t (id, n, s) VALUES (?, 1, 'x')", Args: []any{id}}
}

func checkSnapshot(t *testing.T, path string, acknowledged int64) {
	t.Helper()
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the copy has a log: %v", err)
	}
	snapshot := openAt(t, path, db.Options{})
	rows := count(t, snapshot, "SELECT count(*) FROM t WHERE n = 1")
	if int64(rows) < acknowledged || rows%2 != 0 {
		t.Errorf("%d rows, want at least %d and no half pair", rows, acknowledged)
	}
	if n := count(t, snapshot, "SELECT count(*) FROM t WHERE n = 0"); n != 20000 {
		t.Errorf("%d seed rows", n)
	}
	if bad := count(t, snapshot, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check != 'ok'"); bad != 0 {
		t.Errorf("%d integrity problems", bad)
	}
}

func TestSnapshotFailures(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	path := filepath.Join(t.TempDir(), "copy.db")

	ended, cancel := context.WithCancel(ctx)
	cancel()
	if err := d.Snapshot(ended, path); !errors.Is(err, context.Canceled) {
		t.Errorf("ended context: %v", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the unfinished copy is still there: %v", err)
	}
	if err := os.WriteFile(path, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := d.Snapshot(ctx, path); !errors.Is(err, fs.ErrExist) {
		t.Errorf("existing file: %v", err)
	}
	if content, err := os.ReadFile(path); err != nil || string(content) != "mine" {
		t.Errorf("the existing file was touched: %q %v", content, err)
	}
}
