package sqlite_test

import (
	"context"
	"path/filepath"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db"
	_ "github.com/tackleboxdev/tacklebox/core/db/sqlite"
)

var ctx = context.Background()

// open opens a fresh database with a table t(id, n, s).
func open(t testing.TB, o db.Options) *db.DB {
	t.Helper()
	d := openAt(t, filepath.Join(t.TempDir(), "data.db"), o)
	mustExec(t, d, "CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL, n NUMERIC DEFAULT 0 NOT NULL, s TEXT DEFAULT '' NOT NULL)")
	return d
}

func openAt(t testing.TB, path string, o db.Options) *db.DB {
	t.Helper()
	d, err := db.Open(ctx, path, o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Errorf("close: %v", err)
		}
	})
	return d
}

func mustExec(t testing.TB, q db.Querier, query string, args ...any) {
	t.Helper()
	if err := q.Exec(ctx, db.Op{SQL: query, Args: args}); err != nil {
		t.Fatalf("exec %s: %v", query, err)
	}
}

// count returns the single integer a query yields.
func count(t testing.TB, q db.Querier, query string, args ...any) int64 {
	t.Helper()
	var n int64
	err := q.QueryRows(ctx, query, args, func(row []any) error {
		n, _ = row[0].(int64)
		return nil
	})
	if err != nil {
		t.Fatalf("query %s: %v", query, err)
	}
	return n
}

func insert(id string, n int) db.Op {
	return db.Op{SQL: "INSERT INTO t (id, n) VALUES (?, ?)", Args: []any{id, n}}
}
