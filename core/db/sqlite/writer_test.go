package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// TestSharedCommits lets many callers write at once, some of them units that
// fail in every way there is, and checks that exactly what was acknowledged is
// there.
func TestSharedCommits(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	mustExec(t, d, "CREATE TABLE child (id TEXT PRIMARY KEY, t TEXT REFERENCES t(id) DEFERRABLE INITIALLY DEFERRED)")
	mustExec(t, d, "INSERT INTO t (id) VALUES ('taken')")

	const workers, rounds = 64, 30
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			for r := range rounds {
				id := fmt.Sprintf("w%02dr%02d", w, r)
				ops, want := unitFor(w+r, id)
				if err := d.Exec(ctx, ops...); !errors.Is(err, want) {
					t.Errorf("%s kind %d: got %v, want %v", id, (w+r)%8, err, want)
				}
			}
		})
	}
	wg.Wait()

	rows := map[string]int{}
	err := d.QueryRows(ctx, "SELECT substr(id, 1, 6) FROM t", nil, func(row []any) error {
		rows[row[0].(string)]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for w := range workers {
		for r := range rounds {
			id := fmt.Sprintf("w%02dr%02d", w, r)
			ops, failed := unitFor(w+r, id)
			want := len(ops)
			if failed != nil {
				want = 0
			}
			if rows[id] != want {
				t.Errorf("%s kind %d: %d rows, want %d", id, (w+r)%8, rows[id], want)
			}
		}
	}
	if n := count(t, d, "SELECT count(*) FROM child"); n != 0 {
		t.Errorf("%d child rows without a parent", n)
	}
}

// unitFor returns a unit of one of eight kinds and the error it has to give.
func unitFor(kind int, id string) ([]db.Op, error) {
	switch kind % 8 {
	case 0: // fails alone
		return []db.Op{insert("taken", 0)}, db.ErrUnique
	case 1: // fails after having written
		return []db.Op{insert(id+"a", 1), insert("taken", 0)}, db.ErrUnique
	case 2: // takes the whole transaction with it
		return []db.Op{{SQL: "INSERT OR ROLLBACK INTO t (id) VALUES ('taken')"}}, db.ErrUnique
	case 3: // the same, after having written
		return []db.Op{insert(id+"a", 1), {SQL: "INSERT OR ROLLBACK INTO t (id) VALUES ('taken')"}}, db.ErrUnique
	case 4: // fails only when it is committed
		return []db.Op{{SQL: "INSERT INTO child (id, t) VALUES (?, 'nobody')", Args: []any{id}}}, db.ErrForeignKey
	case 5:
		return []db.Op{insert(id+"a", 1), insert(id+"b", 2), insert(id+"c", 3)}, nil
	default:
		return []db.Op{insert(id, 1)}, nil
	}
}

// hold runs a function transaction that keeps the writer until the returned
// function is called.
func hold(t *testing.T, d *db.DB) (release func()) {
	t.Helper()
	started, end, done := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		done <- d.Transact(ctx, func(*db.Tx) error {
			close(started)
			<-end
			return nil
		})
	}()
	<-started
	return func() {
		close(end)
		if err := <-done; err != nil {
			t.Errorf("holding transaction: %v", err)
		}
	}
}

func TestCancelWhileQueued(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	release := hold(t, d)

	cancelled, cancel := context.WithCancel(ctx)
	short, stop := context.WithTimeout(ctx, 10*time.Millisecond)
	defer stop()
	var wg sync.WaitGroup
	for i := range 20 {
		wg.Go(func() {
			c, want := ctx, error(nil)
			switch i % 4 {
			case 0:
				c, want = cancelled, context.Canceled
			case 1:
				c, want = short, context.DeadlineExceeded
			}
			id := fmt.Sprint("r", i)
			var err error
			if i%8 < 4 {
				err = d.Exec(c, insert(id, i))
			} else {
				err = d.Transact(c, func(tx *db.Tx) error { return tx.Exec(ctx, insert(id, i)) })
			}
			if !errors.Is(err, want) {
				t.Errorf("unit %d: got %v, want %v", i, err, want)
			}
		})
	}
	<-short.Done()
	cancel()
	release()
	wg.Wait()
	if n := count(t, d, "SELECT count(*) FROM t WHERE n % 4 < 2"); n != 0 {
		t.Errorf("%d cancelled units were run", n)
	}
	if n := count(t, d, "SELECT count(*) FROM t"); n != 10 {
		t.Errorf("%d units were run, want 10", n)
	}
	if err := d.Exec(cancelled, insert("late", 0)); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that has ended: %v", err)
	}
}

// TestCancelStorm withdraws units at random moments; what was acknowledged is
// there, what was withdrawn is not, and nobody waits for ever.
func TestCancelStorm(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	var wg sync.WaitGroup
	var mu sync.Mutex
	acked := map[string]bool{}
	for w := range 16 {
		wg.Go(func() {
			for r := range 50 {
				id := fmt.Sprintf("w%dr%d", w, r)
				c, cancel := context.WithTimeout(ctx, time.Duration((w*r)%40)*10*time.Microsecond)
				var err error
				if r%5 == 0 {
					err = d.Transact(c, func(tx *db.Tx) error { return tx.Exec(ctx, insert(id, 1)) })
				} else {
					err = d.Exec(c, insert(id, 1))
				}
				cancel()
				if err != nil && !errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("%s: %v", id, err)
				}
				mu.Lock()
				acked[id] = err == nil
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for id, ok := range acked {
		if got := count(t, d, "SELECT count(*) FROM t WHERE id = ?", id) == 1; got != ok {
			t.Errorf("%s: acknowledged %v, present %v", id, ok, got)
		}
	}
}

func TestNestedWrite(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	writes := map[string]func() error{
		"exec":     func() error { return d.Exec(ctx, insert("x", 1)) },
		"unit":     func() error { return d.Exec(ctx, insert("x", 1), insert("y", 1)) },
		"transact": func() error { return d.Transact(ctx, func(*db.Tx) error { return nil }) },
		"returning": func() error {
			return d.QueryRows(ctx, "INSERT INTO t (id) VALUES ('x') RETURNING id", nil, func([]any) error { return nil })
		},
		"builder": func() error {
			_, err := d.Builder().Insert("t", map[string]any{"id": "x"}).Execute()
			return err
		},
		"script": func() error {
			_, err := d.Builder().NewQuery("CREATE TABLE a (b); CREATE TABLE c (d)").Execute()
			return err
		},
		"checkpoint": func() error { return d.Checkpoint(ctx, db.CheckpointTruncate) },
		"close":      d.Close,
	}
	err := d.Transact(ctx, func(tx *db.Tx) error {
		for name, write := range writes {
			if err := write(); !errors.Is(err, db.ErrNestedWrite) || !strings.Contains(err.Error(), "txDao") {
				t.Errorf("%s: got %v", name, err)
			}
		}
		if n := count(t, d, "SELECT count(*) FROM t"); n != 0 {
			t.Errorf("read outside: %d rows", n)
		}
		return tx.Transact(ctx, func(same *db.Tx) error { return same.Exec(ctx, insert("joined", 1)) })
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, d, "SELECT count(*) FROM t WHERE id = 'joined'"); n != 1 {
		t.Error("the joined transaction was not committed")
	}
}

// TestWriteFromOtherGoroutine has a write wait for a transaction that is
// somebody else's.
func TestWriteFromOtherGoroutine(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	release := hold(t, d)
	done := make(chan error, 1)
	go func() { done <- d.Exec(ctx, insert("a", 1)) }()
	release()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestUnitRefusesTransactionStatements(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	for _, query := range []string{"COMMIT", " -- x\n rollback", "BEGIN", "savepoint a", "/* */ RELEASE a", "end"} {
		if err := d.Exec(ctx, insert("a", 1), db.Op{SQL: query}); err == nil {
			t.Errorf("%q was accepted", query)
		}
		err := d.Transact(ctx, func(tx *db.Tx) error { return tx.Exec(ctx, db.Op{SQL: query}) })
		if err == nil {
			t.Errorf("%q was accepted in a transaction", query)
		}
	}
	if n := count(t, d, "SELECT count(*) FROM t"); n != 0 {
		t.Errorf("%d rows", n)
	}
	if err := d.Exec(ctx); err != nil {
		t.Errorf("an empty unit: %v", err)
	}
	mustExec(t, d, "VACUUM")
}
