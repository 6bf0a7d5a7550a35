package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
)

func TestTransactionEnds(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	for name, c := range map[string]struct {
		run  func(d *db.DB) error
		want error
		rows int64
	}{
		"commit": {func(d *db.DB) error {
			return d.Transact(ctx, func(tx *db.Tx) error { return tx.Exec(ctx, insert("a", 1)) })
		}, nil, 1},
		"error": {func(d *db.DB) error {
			return d.Transact(ctx, func(tx *db.Tx) error { return errors.Join(tx.Exec(ctx, insert("a", 1)), boom) })
		}, boom, 0},
		"panic": {func(d *db.DB) (err error) {
			defer func() { err, _ = recover().(error) }()
			return d.Transact(ctx, func(tx *db.Tx) error {
				_ = tx.Exec(ctx, insert("a", 1))
				panic(boom)
			})
		}, boom, 0},
		"goexit": {func(d *db.DB) error {
			done := make(chan struct{})
			go func() {
				defer close(done)
				_ = d.Transact(ctx, func(tx *db.Tx) error {
					_ = tx.Exec(ctx, insert("a", 1))
					runtime.Goexit()
					return nil
				})
			}()
			<-done
			return nil
		}, nil, 0},
		"lost": {func(d *db.DB) error {
			return d.Transact(ctx, func(tx *db.Tx) error {
				_ = tx.Exec(ctx, insert("a", 1))
				_ = tx.Exec(ctx, db.Op{SQL: "INSERT OR ROLLBACK INTO t (id) VALUES ('a')"})
				if err := tx.Exec(ctx, insert("b", 1)); !errors.Is(err, db.ErrUnique) {
					t.Errorf("write after the end: %v", err)
				}
				return nil
			})
		}, db.ErrUnique, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := open(t, db.Options{})
			if err := c.run(d); !errors.Is(err, c.want) {
				t.Errorf("got %v, want %v", err, c.want)
			}
			if n := count(t, d, "SELECT count(*) FROM t"); n != c.rows {
				t.Errorf("%d rows, want %d", n, c.rows)
			}
			mustExec(t, d, "INSERT INTO t (id) VALUES ('later')")
		})
	}
}

func TestTransactionUse(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	var kept *db.Tx
	err := d.Transact(ctx, func(tx *db.Tx) error {
		kept = tx
		if err := tx.Exec(ctx, insert("a", 1), insert("b", 2), insert("a", 3)); !errors.Is(err, db.ErrUnique) {
			t.Errorf("failing unit: %v", err)
		}
		if n := count(t, tx, "SELECT count(*) FROM t"); n != 0 {
			t.Errorf("%d rows of a failed unit", n)
		}
		for _, op := range []db.Op{insert("a", 1), insert("b", 2), insert("c", 3)} {
			if err := tx.Exec(ctx, op); err != nil {
				return err
			}
		}
		seen := 0
		err := tx.QueryRows(ctx, "SELECT id FROM t ORDER BY id", nil, func(row []any) error {
			seen++
			id, _ := row[0].(string)
			return tx.Exec(ctx, db.Op{SQL: "UPDATE t SET s = 'seen' WHERE id = ?", Args: []any{id}})
		})
		if seen != 3 {
			t.Errorf("saw %d rows", seen)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, d, "SELECT count(*) FROM t WHERE s = 'seen'"); n != 3 {
		t.Errorf("%d rows changed while reading", n)
	}
	if err := kept.Exec(ctx, insert("z", 1)); !errors.Is(err, db.ErrTxDone) {
		t.Errorf("exec after the end: %v", err)
	}
	if err := kept.QueryRows(ctx, "SELECT 1", nil, nil); !errors.Is(err, db.ErrTxDone) {
		t.Errorf("query after the end: %v", err)
	}
}

func TestTransactionBuilder(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	boom := errors.New("boom")
	err := d.Transact(ctx, func(tx *db.Tx) error {
		b := tx.Builder()
		if tx.Builder() != b {
			t.Error("the builder changes")
		}
		add := func(b dbx.Builder, id string) error {
			_, err := b.Insert("t", dbx.Params{"id": id}).Execute()
			return err
		}
		if err := add(b, "a"); err != nil {
			return err
		}
		nested := b.(*dbx.DB)
		if err := nested.Transactional(func(in *dbx.Tx) error { return add(in, "b") }); err != nil {
			return err
		}
		err := nested.Transactional(func(in *dbx.Tx) error { return errors.Join(add(in, "c"), boom) })
		if !errors.Is(err, boom) {
			t.Errorf("nested: %v", err)
		}
		rows, err := b.Select("id").From("t").OrderBy("id").Rows()
		if err != nil {
			return err
		}
		defer rows.Close() // read to its end
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return err
			}
			if err := add(b, id+id); err != nil {
				return err
			}
			if len(id) > 4 {
				break
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	if err := d.Builder().Select("id").From("t").OrderBy("id").Column(&ids); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(ids, " "); !strings.HasPrefix(got, "a aa ") || strings.Contains(got, "c") {
		t.Errorf("got %s", got)
	}
}

// TestBuilderTransaction runs the transaction of a hand-held *dbx.DB, as
// scripts do.
func TestBuilderTransaction(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	pool := d.Builder().(*dbx.DB)
	err := pool.Transactional(func(tx *dbx.Tx) error {
		if err := d.Exec(ctx, insert("x", 1)); !errors.Is(err, db.ErrNestedWrite) {
			t.Errorf("nested write: %v", err)
		}
		q := db.Wrap(tx, d.Dialect())
		if err := q.Exec(ctx, insert("a", 1), insert("b", 2)); err != nil {
			return err
		}
		if n := count(t, q, "SELECT count(*) FROM t"); n != 2 {
			t.Errorf("%d rows inside", n)
		}
		return q.(db.Transactor).Transact(ctx, func(in *db.Tx) error { return in.Exec(ctx, insert("c", 3)) })
	})
	if err != nil {
		t.Fatal(err)
	}
	tx, err := pool.Begin()
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Wrap(tx, d.Dialect()).Exec(ctx, insert("d", 4)); err != nil {
		t.Error(err)
	}
	if err := tx.Rollback(); err != nil {
		t.Error(err)
	}
	if err := tx.Commit(); !errors.Is(err, sql.ErrTxDone) {
		t.Errorf("commit after rollback: %v", err)
	}
	if n := count(t, d, "SELECT count(*) FROM t"); n != 3 {
		t.Errorf("%d rows", n)
	}
}

func TestTransactionContext(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	c, cancel := context.WithCancel(ctx)
	err := d.Transact(c, func(tx *db.Tx) error {
		if err := tx.Exec(c, insert("a", 1)); err != nil {
			return err
		}
		cancel()
		if err := tx.Exec(c, insert("b", 1)); !errors.Is(err, context.Canceled) {
			t.Errorf("exec: %v", err)
		}
		return tx.Exec(ctx, insert("c", 1)) // the transaction itself goes on
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, d, "SELECT count(*) FROM t"); n != 2 {
		t.Errorf("%d rows", n)
	}
}
