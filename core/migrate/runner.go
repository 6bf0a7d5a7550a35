package migrate

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// Guard checks whether the migrations of a list may be applied to a database.
type Guard func(ctx context.Context, q db.Querier) error

// Database is where migrations run.
type Database interface {
	db.Querier
	db.Transactor
}

// Runner applies a list of migrations to a database. It is for one goroutine; another process
// that migrates the same database at the same time is safe.
type Runner struct {
	db   Database
	list *List
	now  func() time.Time
}

// NewRunner returns a runner after it made sure that there is a history table.
func NewRunner(d Database, list *List) (*Runner, error) {
	r := &Runner{db: d, list: list, now: time.Now}
	const statement = "CREATE TABLE IF NOT EXISTS `_migrations` (file VARCHAR(255) PRIMARY KEY NOT NULL, applied INTEGER NOT NULL)"
	if err := d.Exec(context.Background(), db.Op{SQL: statement}); err != nil {
		return nil, fmt.Errorf("create the migrations table: %w", err)
	}
	return r, nil
}

// Up applies all pending migrations in one transaction and returns their file names. On an
// error, an *Error where a migration failed, nothing is changed.
func (r *Runner) Up() ([]string, error) {
	ctx := context.Background()
	if len(r.list.items) == 0 {
		return nil, nil
	}
	for _, guard := range r.list.guards {
		if err := guard(ctx, r.db); err != nil {
			return nil, err
		}
	}
	if pending, err := r.pending(ctx, r.db); err != nil || len(pending) == 0 {
		return nil, err
	}
	var applied []string
	err := r.db.Transact(ctx, func(tx *db.Tx) error {
		applied = applied[:0]
		pending, err := r.pending(ctx, tx) // again: another process may have been here
		if err != nil {
			return err
		}
		run := make(map[string]bool, len(pending))
		for _, m := range pending {
			if m.Up != nil && !run[m.After] {
				if err := call(m.Up, tx); err != nil {
					return &Error{File: m.File, Err: err}
				}
			}
			if err := r.record(ctx, tx, m.File); err != nil {
				return &Error{File: m.File, Err: err}
			}
			run[m.File] = true
			applied = append(applied, m.File)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return applied, nil
}

// Down reverts the migrations that were applied last, all of them for a negative number, in
// one transaction, and returns their file names. Applied migrations that are not in the list
// are passed over. On an error, an *Error where a migration failed, nothing is changed.
func (r *Runner) Down(count int) ([]string, error) {
	ctx := context.Background()
	var reverted []string
	err := r.db.Transact(ctx, func(tx *db.Tx) error {
		reverted = reverted[:0]
		history, err := r.history(ctx, tx)
		if err != nil {
			return err
		}
		for _, file := range history {
			if count >= 0 && len(reverted) >= count {
				break
			}
			m, known := r.list.find(file)
			if !known {
				continue
			}
			if m.Down != nil {
				if err := call(m.Down, tx); err != nil {
					return &Error{File: file, Revert: true, Err: err}
				}
			}
			if err := r.forget(ctx, tx, file); err != nil {
				return &Error{File: file, Revert: true, Err: err}
			}
			reverted = append(reverted, file)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return reverted, nil
}

// RemoveMissing deletes from the history what is not in the list.
func (r *Runner) RemoveMissing() error {
	ctx := context.Background()
	return r.db.Transact(ctx, func(tx *db.Tx) error {
		history, err := r.history(ctx, tx)
		if err != nil {
			return err
		}
		for _, file := range history {
			if _, known := r.list.find(file); known {
				continue
			}
			if err := r.forget(ctx, tx, file); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *Runner) pending(ctx context.Context, q db.Querier) ([]Migration, error) {
	history, err := r.history(ctx, q)
	if err != nil {
		return nil, err
	}
	applied := make(map[string]bool, len(history))
	for _, file := range history {
		applied[file] = true
	}
	var pending []Migration
	for _, m := range r.list.items {
		if !applied[m.File] {
			pending = append(pending, m)
		}
	}
	return pending, nil
}

// history returns the applied files, the latest first. Old rows have seconds where new ones
// have microseconds, which sorts them first as well.
func (r *Runner) history(ctx context.Context, q db.Querier) ([]string, error) {
	var files []string
	err := q.QueryRows(ctx, "SELECT `file` FROM `_migrations` ORDER BY `applied` DESC, `file` DESC", nil, func(row []any) error {
		if file, ok := row[0].(string); ok {
			files = append(files, file)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read the migrations table: %w", err)
	}
	return files, nil
}

func (r *Runner) record(ctx context.Context, q db.Querier, file string) error {
	p := q.Dialect().Placeholder
	return q.Exec(ctx, db.Op{
		SQL:  "INSERT INTO `_migrations` (`file`, `applied`) VALUES (" + p(1) + ", " + p(2) + ")",
		Args: []any{file, r.now().UnixMicro()},
	})
}

func (r *Runner) forget(ctx context.Context, q db.Querier, file string) error {
	return q.Exec(ctx, db.Op{SQL: "DELETE FROM `_migrations` WHERE `file` = " + q.Dialect().Placeholder(1), Args: []any{file}})
}

// call runs one direction and turns a panic of it into an error.
func call(fn Func, tx *db.Tx) (err error) {
	defer func() {
		if p := recover(); p != nil {
			if perr, ok := p.(error); ok {
				err = fmt.Errorf("panic: %w", perr)
			} else {
				err = errors.New("panic: " + fmt.Sprint(p))
			}
		}
	}()
	return fn(tx.Builder())
}
