package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
)

// Tx is a running function transaction. Its own lock orders its use, so
// goroutines started by the function may share it, but only until the
// function returns; after that its methods give ErrTxDone.
type Tx struct {
	attachments

	engine  EngineTx
	dialect Dialect
}

// Builder returns a query builder whose reads and writes are part of the
// transaction. Its own Transactional nests by savepoints.
func (t *Tx) Builder() dbx.Builder { return t.engine.Builder(t) }

// Exec runs the operations now, in order, stopping at the first error. The
// transaction stays usable after an error, with the whole failed call undone.
func (t *Tx) Exec(ctx context.Context, ops ...Op) error { return t.engine.Exec(ctx, ops) }

// QueryRows reads what the transaction sees; see Querier. The scan function
// may use the transaction.
func (t *Tx) QueryRows(ctx context.Context, query string, args []any, scan func(row []any) error) error {
	return t.engine.QueryRows(ctx, query, args, scan)
}

// Dialect returns the dialect of the engine.
func (t *Tx) Dialect() Dialect { return t.dialect }

// Transact runs fn on this same transaction: the work of fn is committed or
// rolled back together with it.
func (t *Tx) Transact(_ context.Context, fn func(*Tx) error) error { return fn(t) }

// runTx runs fn in et, committing when it returns nil and rolling back when it
// fails or panics.
func runTx(et EngineTx, d Dialect, fn func(*Tx) error) error {
	finished := false
	defer func() {
		if !finished { // fn panicked or ended its goroutine
			_ = et.Rollback()
		}
	}()
	err := fn(&Tx{engine: et, dialect: d})
	finished = true
	if err == nil {
		return et.Commit()
	}
	if rerr := et.Rollback(); rerr != nil {
		return errors.Join(err, fmt.Errorf("roll back transaction: %w", rerr))
	}
	return err
}
