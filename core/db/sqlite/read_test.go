package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
)

const endless = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"

func discard([]any) error { return nil }

func TestReadsAreInterrupted(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{QueryTimeout: 60 * time.Millisecond, Readers: 1})
	slow := open(t, db.Options{QueryTimeout: -1, Readers: 1})
	for name, c := range map[string]struct {
		run  func(ctx context.Context) error
		want error
	}{
		"timeout": {func(context.Context) error { return d.QueryRows(ctx, endless, nil, discard) }, db.ErrTimeout},
		"timeout of the builder": {func(context.Context) error {
			var n int
			return d.Builder().NewQuery(endless).Row(&n)
		}, db.ErrTimeout},
		"timeout in a transaction": {func(context.Context) error {
			return d.Transact(ctx, func(tx *db.Tx) error { return tx.QueryRows(ctx, endless, nil, discard) })
		}, db.ErrTimeout},
		"context": {func(c context.Context) error { return slow.QueryRows(c, endless, nil, discard) }, context.DeadlineExceeded},
		"context of the builder": {func(c context.Context) error {
			var n int
			return slow.Builder().NewQuery(endless).WithContext(c).Row(&n)
		}, context.DeadlineExceeded},
		"context in a transaction": {func(c context.Context) error {
			return slow.Transact(ctx, func(tx *db.Tx) error { return tx.QueryRows(c, endless, nil, discard) })
		}, context.DeadlineExceeded},
	} {
		c2, cancel := context.WithTimeout(ctx, 60*time.Millisecond)
		if err := c.run(c2); !errors.Is(err, c.want) {
			t.Errorf("%s: got %v, want %v", name, err, c.want)
		}
		cancel()
		if n := count(t, d, "SELECT 7") + count(t, slow, "SELECT 7"); n != 14 {
			t.Errorf("%s: the connection is spoiled", name)
		}
	}
}

func TestNestedReadsGrowThePool(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{Readers: 1})
	mustExec(t, d, "INSERT INTO t (id) VALUES ('a'), ('b')")
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			err := d.QueryRows(ctx, "SELECT id FROM t", nil, func([]any) error {
				return d.QueryRows(ctx, "SELECT id FROM t", nil, discard)
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
}

func TestManyReadersAndWriters(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{Readers: 2})
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for r := range 50 {
				id := fmt.Sprintf("w%dr%d", w, r)
				if err := d.Exec(ctx, insert(id, r)); err != nil {
					t.Error(err)
				}
				if count(t, d, "SELECT count(*) FROM t WHERE id = ?", id) != 1 {
					t.Errorf("%s cannot be read after it was acknowledged", id)
				}
			}
		})
	}
	wg.Wait()
}

func TestScanErrorsAndPanics(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{Readers: 1})
	mustExec(t, d, "INSERT INTO t (id) VALUES ('a'), ('b')")
	boom := errors.New("boom")
	for range 3 {
		if err := d.QueryRows(ctx, "SELECT id FROM t", nil, func([]any) error { return boom }); !errors.Is(err, boom) {
			t.Errorf("got %v", err)
		}
		func() {
			defer func() { _ = recover() }()
			_ = d.QueryRows(ctx, "SELECT id FROM t", nil, func([]any) error { panic(boom) })
		}()
		if err := d.QueryRows(ctx, "SELECT nothing FROM t", nil, discard); err == nil {
			t.Error("no error for a bad query")
		}
		if err := d.QueryRows(ctx, "SELECT ? FROM t", nil, discard); err == nil {
			t.Error("no error for a missing argument")
		}
	}
}

// TestSchemaChange runs cached statements after the table they read and write
// has changed.
func TestSchemaChange(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{Readers: 1})
	columns := func() (n int) {
		t.Helper()
		if err := d.QueryRows(ctx, "SELECT * FROM t", nil, func(row []any) error { n = len(row); return nil }); err != nil {
			t.Fatal(err)
		}
		return n
	}
	mustExec(t, d, "INSERT INTO t (id, n) VALUES (?, ?)", "a", 1)
	if n := columns(); n != 3 {
		t.Errorf("%d columns", n)
	}
	mustExec(t, d, "ALTER TABLE t ADD COLUMN more TEXT DEFAULT ''")
	if n := columns(); n != 4 {
		t.Errorf("%d columns after the change", n)
	}
	var names []dbx.NullStringMap
	if err := d.Builder().NewQuery("SELECT * FROM t").All(&names); err != nil || len(names[0]) != 4 {
		t.Errorf("builder: %v, %v", names, err)
	}
	mustExec(t, d, "INSERT INTO t (id, n) VALUES (?, ?)", "b", 1)
}

// TestManyStatements runs more different statements than are kept.
func TestManyStatements(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{Readers: 1})
	for i := range 500 {
		mustExec(t, d, fmt.Sprintf("INSERT INTO t (id, n) VALUES ('r%d', ?)", i), i)
		if n := count(t, d, fmt.Sprintf("SELECT n FROM t WHERE id = 'r%d'", i)); n != int64(i) {
			t.Fatalf("row %d: %d", i, n)
		}
	}
}

func TestBuilderStatements(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{Readers: 1})
	b := d.Builder()
	res, err := b.Insert("t", dbx.Params{"id": "a", "n": 1.5}).Execute()
	if err != nil {
		t.Fatal(err)
	}
	if n, _ := res.RowsAffected(); n != 1 {
		t.Errorf("%d rows affected", n)
	}
	var id string
	if err := b.NewQuery("INSERT INTO t (id) VALUES ('b') RETURNING id").Row(&id); err != nil || id != "b" {
		t.Errorf("returning: %q, %v", id, err)
	}
	if err := b.NewQuery("WITH x(v) AS (SELECT 'c') INSERT INTO t (id) SELECT v FROM x RETURNING id").Row(&id); err != nil || id != "c" {
		t.Errorf("with: %q, %v", id, err)
	}
	if _, err := b.NewQuery("CREATE TABLE u (a); INSERT INTO u VALUES (1); INSERT INTO u VALUES (2);").Execute(); err != nil {
		t.Errorf("script: %v", err)
	}
	if n := count(t, d, "SELECT count(*) FROM u"); n != 2 {
		t.Errorf("script: %d rows", n)
	}
	if _, err := b.NewQuery("BEGIN").Execute(); err == nil {
		t.Error("a transaction was left open without an error")
	}
	var rows []struct {
		Name string
		Type string
	}
	if err := b.NewQuery("PRAGMA table_info(t)").All(&rows); err != nil || len(rows) != 3 {
		t.Errorf("table_info: %v, %v", rows, err)
	}
	if err := b.NewQuery("SELECT id FROM t WHERE id = 'none'").Row(&id); !errors.Is(err, sql.ErrNoRows) {
		t.Errorf("no row: %v", err)
	}
	q := b.NewQuery("SELECT n FROM t WHERE id = {:id}").Prepare()
	defer q.Close() // holds nothing
	for range 3 {
		var n float64
		if err := q.Bind(dbx.Params{"id": "a"}).Row(&n); err != nil || n != 1.5 {
			t.Errorf("prepared: %v, %v", n, err)
		}
	}
	if _, err := b.NewQuery("SELECT 1").Execute(); err != nil {
		t.Errorf("executed read: %v", err)
	}
}
