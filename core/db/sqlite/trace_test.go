package sqlite_test

import (
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
	_ "github.com/tackleboxdev/tacklebox/core/db/sqlite"
)

func TestTrace(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var seen []string
	d, err := db.Open(t.Context(), filepath.Join(t.TempDir(), "a.db"), db.Options{Trace: func(sql string, took time.Duration) {
		mu.Lock()
		defer mu.Unlock()
		if took < 0 {
			t.Errorf("%s took %s", sql, took)
		}
		seen = append(seen, sql)
	}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = d.Close() }()

	scan := func([]any) error { return nil }
	for _, err := range []error{
		d.Exec(t.Context(), db.Op{SQL: "CREATE TABLE t (a TEXT)"}),
		d.Exec(t.Context(), db.Op{SQL: "INSERT INTO t VALUES (?)", Args: []any{"it's"}}),
		d.QueryRows(t.Context(), "SELECT a FROM t WHERE a = ?", []any{"x"}, scan),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := d.Builder().Delete("t", dbx.HashExp{"a": 7}).Execute(); err != nil {
		t.Fatal(err)
	}
	mu.Lock()
	defer mu.Unlock()
	all := strings.Join(seen, "\n")
	for _, want := range []string{"INSERT INTO t VALUES ('it''s')", "SELECT a FROM t WHERE a = 'x'", "7"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is missing in\n%s", want, all)
		}
	}
}
