package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// tx is the function transaction that holds the writer.
type tx struct {
	engine *engine
	conn   *conn

	mu        sync.Mutex // orders the use of conn; not held while user code runs
	done      bool
	lost      error // why SQLite gave the transaction up
	open      map[*stmt]struct{}
	committed []func() // what waits for the commit
	pool      *sql.DB
	builder   *dbx.DB
}

var _ db.EngineTx = (*tx)(nil)

// usable returns the error for a transaction that cannot be used. The caller
// holds t.mu.
func (t *tx) usable(ctx context.Context) error {
	switch {
	case t.done:
		return db.ErrTxDone
	case t.lost != nil:
		return fmt.Errorf("transaction was rolled back: %w", t.lost)
	}
	return ctx.Err()
}

// note remembers err as the end of the transaction if SQLite rolled it back.
// The caller holds t.mu.
func (t *tx) note(err error) error {
	if err != nil && !t.conn.inTransaction() {
		t.lost = err
	}
	return err
}

// Exec implements db.EngineTx.
func (t *tx) Exec(ctx context.Context, ops []db.Op) error {
	if err := checkOps(ops); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.usable(ctx); err != nil {
		return err
	}
	run := runOps
	if len(ops) > 1 {
		run = atomically
	}
	_, err := run(t.conn, ops)
	if err == nil {
		t.committed = committedFuncs(t.committed, ops)
	}
	return t.note(err)
}

// QueryRows implements db.EngineTx.
func (t *tx) QueryRows(ctx context.Context, query string, args []any, scan func(row []any) error) error {
	cur, err := t.query(ctx, query, args)
	if err != nil {
		return err
	}
	defer cur.close()
	for {
		more, err := cur.next()
		if err != nil || !more {
			return err
		}
		if err := scan(cur.row); err != nil {
			return err
		}
	}
}

// cursor is a query of a transaction that is being read. Between rows the
// transaction is free for other statements.
type cursor struct {
	tx       *tx
	ctx      context.Context // that of the query
	stmt     *stmt
	deadline time.Time
	row      []any
}

// query starts a query; the cursor has to be closed.
func (t *tx) query(ctx context.Context, query string, args []any) (*cursor, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.usable(ctx); err != nil {
		return nil, err
	}
	s, err := t.conn.stmt(query)
	if err != nil {
		return nil, t.note(err)
	}
	if err := s.bind(args); err != nil {
		t.conn.release(s)
		return nil, err
	}
	if t.open == nil {
		t.open = map[*stmt]struct{}{}
	}
	t.open[s] = struct{}{}
	cur := &cursor{tx: t, ctx: ctx, stmt: s}
	if d := t.engine.wheel.timeout; d > 0 {
		cur.deadline = time.Now().Add(d)
	}
	return cur, nil
}

// next reads the next row into cur.row and reports whether there was one.
func (cur *cursor) next() (bool, error) {
	t := cur.tx
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.open[cur.stmt]; !ok {
		return false, db.ErrTxDone
	}
	more, err := cur.step()
	if err != nil || !more {
		return false, t.note(err)
	}
	if cur.row == nil {
		cur.row = make([]any, cur.stmt.columnCount())
	}
	cur.stmt.read(cur.row)
	return true, nil
}

// step is watched for reads only: an interrupted write would take the whole
// transaction with it.
func (cur *cursor) step() (bool, error) {
	if !cur.stmt.readOnly {
		return cur.stmt.step()
	}
	w, c := cur.tx.engine.wheel, cur.tx.conn
	w.resume(cur.ctx, c, cur.deadline)
	defer w.end(c)
	more, err := cur.stmt.step()
	return more, w.explain(c, err)
}

// columns returns the names of the columns.
func (cur *cursor) columns() []string {
	cur.tx.mu.Lock()
	defer cur.tx.mu.Unlock()
	return cur.stmt.columns()
}

// declaredType returns the declared type of a column while the query is open.
func (cur *cursor) declaredType(i int) string {
	cur.tx.mu.Lock()
	defer cur.tx.mu.Unlock()
	if _, ok := cur.tx.open[cur.stmt]; !ok {
		return ""
	}
	return cur.stmt.declaredType(i)
}

func (cur *cursor) close() {
	t := cur.tx
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, ok := t.open[cur.stmt]; ok {
		delete(t.open, cur.stmt)
		t.conn.release(cur.stmt)
	}
}

// exec runs a hand-written statement or script.
func (t *tx) exec(ctx context.Context, query string, args []any) (result, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.usable(ctx); err != nil {
		return result{}, err
	}
	if keyword(query) == kindControl {
		return result{}, errControl
	}
	res, err := t.conn.exec(query, args)
	return res, t.note(err)
}

// mark runs a savepoint statement of a nested transaction.
func (t *tx) mark(query string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if err := t.usable(context.Background()); err != nil {
		return err
	}
	_, err := t.conn.exec(query, nil)
	return t.note(err)
}

// Builder implements db.EngineTx.
func (t *tx) Builder(owner db.Querier) dbx.Builder {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.builder == nil {
		t.pool = sql.OpenDB(&connector{target: &txTarget{tx: t}, owner: owner})
		t.builder = dbx.NewFromDB(t.pool, builderName)
	}
	return t.builder
}

// Commit implements db.EngineTx.
func (t *tx) Commit() error { return t.end(true) }

// Rollback implements db.EngineTx.
func (t *tx) Rollback() error { return t.end(false) }

// end commits or rolls back, whichever comes first, and passes the writer on.
func (t *tx) end(commit bool) error {
	t.mu.Lock()
	if t.done {
		t.mu.Unlock()
		return db.ErrTxDone
	}
	t.done = true
	for s := range t.open {
		t.conn.release(s)
	}
	t.open = nil
	err := t.finish(commit)
	pool, committed := t.pool, t.committed
	t.committed = nil
	t.mu.Unlock()

	if commit && err == nil {
		callAll(committed)
	}
	t.engine.writer.owner.Store(0)
	t.engine.writer.changed(1)
	t.engine.writer.release()
	if pool != nil {
		_ = pool.Close() // holds nothing but this transaction
	}
	return err
}

// finish ends the transaction on the connection.
func (t *tx) finish(commit bool) error {
	if t.lost != nil {
		if commit {
			return fmt.Errorf("transaction was rolled back: %w", t.lost)
		}
		return t.conn.rollback()
	}
	if !commit {
		return t.conn.rollback()
	}
	if _, err := t.conn.exec("COMMIT", nil); err != nil {
		return errors.Join(fmt.Errorf("commit transaction: %w", err), t.conn.rollback())
	}
	return nil
}
