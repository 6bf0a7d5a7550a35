package sqlite_test

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/db/sqlite"
)

// TestWrap checks what Wrap makes of our own builders.
func TestWrap(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	if q := db.Wrap(d.Builder(), d.Dialect()); q != db.Querier(d) {
		t.Errorf("the builder of a DB leads to %T", q)
	}
	err := d.Transact(ctx, func(tx *db.Tx) error {
		if q := db.Wrap(tx.Builder(), d.Dialect()); q != db.Querier(tx) {
			t.Errorf("the builder of a Tx leads to %T", q)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestWrapForeign uses a database that was opened with another driver.
func TestWrapForeign(t *testing.T) {
	t.Parallel()
	raw, err := dbx.MustOpen("sqlite", filepath.Join(t.TempDir(), "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	q := db.Wrap(raw, sqlite.Dialect{})
	if q.Builder() != dbx.Builder(raw) || q.Dialect() != (sqlite.Dialect{}) {
		t.Error("the builder or the dialect is another one")
	}
	mustExec(t, q, "CREATE TABLE t (id TEXT PRIMARY KEY, n)")
	if err := q.Exec(ctx, insert("a", 1), insert("a", 2)); !errors.Is(err, db.ErrUnique) {
		t.Errorf("failing unit: %v", err)
	}
	boom := errors.New("boom")
	for name, want := range map[string]error{"commit": nil, "rollback": boom} {
		err := q.(db.Transactor).Transact(ctx, func(tx *db.Tx) error {
			if err := tx.Exec(ctx, insert(name, 1)); err != nil {
				return err
			}
			if _, err := tx.Builder().Insert("t", dbx.Params{"id": name + " too"}).Execute(); err != nil {
				return err
			}
			if n := count(t, tx, "SELECT count(*) FROM t WHERE id LIKE ?", name+"%"); n != 2 {
				t.Errorf("%s: %d rows inside", name, n)
			}
			return want
		})
		if !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := count(t, q, "SELECT count(*) FROM t"); n != 2 {
		t.Errorf("%d rows", n)
	}
	if err := q.QueryRows(ctx, "SELECT id FROM t", nil, func([]any) error { return boom }); !errors.Is(err, boom) {
		t.Errorf("scan error: %v", err)
	}
	if err := q.QueryRows(ctx, "SELECT nothing FROM t", nil, discard); err == nil {
		t.Error("no error for a bad query")
	}
}
