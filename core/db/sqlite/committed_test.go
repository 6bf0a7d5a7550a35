package sqlite_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// Committed functions run in the order of the commits: of values that overwrite
// each other, the one told last is the one that is stored.
func TestCommittedOrder(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	mustExec(t, d, "INSERT INTO t (id, n) VALUES ('x', 0)")
	var mu sync.Mutex
	var told []int64
	update := func(n int64) db.Op {
		return db.Op{SQL: "UPDATE t SET n = ? WHERE id = 'x'", Args: []any{n}, Committed: func() {
			mu.Lock()
			defer mu.Unlock()
			told = append(told, n)
		}}
	}
	const workers, rounds = 16, 40
	for r := range rounds {
		var wg sync.WaitGroup
		for w := range workers {
			n := int64(r*workers + w)
			wg.Go(func() {
				var err error
				if w == 0 {
					err = d.Transact(ctx, func(tx *db.Tx) error { return tx.Exec(ctx, update(n)) })
				} else {
					err = d.Exec(ctx, update(n))
				}
				if err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		stored := int64(count(t, d, "SELECT n FROM t WHERE id = 'x'"))
		if len(told) != (r+1)*workers || told[len(told)-1] != stored {
			t.Fatalf("round %d: stored %d, told %v", r, stored, told[r*workers:])
		}
	}
}

// Only what is committed is told, and a panic ends neither the writer nor what else is told.
func TestCommittedOnly(t *testing.T) {
	t.Parallel()
	d := open(t, db.Options{})
	var told []string
	insert := func(id string) db.Op {
		return db.Op{SQL: "INSERT INTO t (id) VALUES (?)", Args: []any{id}, Committed: func() { told = append(told, id) }}
	}
	undone := errors.New("undone")
	steps := []error{
		d.Exec(ctx, insert("a"), insert("b")),
		d.Exec(ctx, insert("c"), insert("a")),
		d.Transact(ctx, func(tx *db.Tx) error {
			return errors.Join(tx.Exec(ctx, insert("d")), undone)
		}),
		d.Transact(ctx, func(tx *db.Tx) error {
			failed := tx.Exec(ctx, insert("e"), insert("a"))
			if !errors.Is(failed, db.ErrUnique) {
				return fmt.Errorf("second a: %w", failed)
			}
			return tx.Exec(ctx, insert("f"))
		}),
		d.Exec(ctx, db.Op{SQL: "INSERT INTO t (id) VALUES ('g')", Committed: func() { panic("boom") }}, insert("i")),
		d.Exec(context.Background(), insert("h")),
	}
	for i, want := range []error{nil, db.ErrUnique, undone, nil, nil, nil} {
		if !errors.Is(steps[i], want) {
			t.Errorf("step %d: %v", i, steps[i])
		}
	}
	if want := []string{"a", "b", "f", "i", "h"}; !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}
