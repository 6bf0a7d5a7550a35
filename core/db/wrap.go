package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
)

// Wrap returns a Querier that runs on b, for code that was handed a bare query
// builder: a *dbx.DB, a *dbx.Tx or what Builder of a Querier returned. A
// builder of this package gives its DB or Tx back, so nothing is lost on the way.
func Wrap(b dbx.Builder, d Dialect) Querier {
	if xdb, ok := b.(*dbx.DB); ok {
		if o, ok := xdb.DB().Driver().(interface{ Querier() Querier }); ok {
			return o.Querier()
		}
	}
	return &wrapped{builder: b, dialect: d}
}

// wrapped is a Querier on a foreign builder.
type wrapped struct {
	builder dbx.Builder
	dialect Dialect
}

func (w *wrapped) Builder() dbx.Builder { return w.builder }

func (w *wrapped) Dialect() Dialect { return w.dialect }

// executor finds what runs raw SQL behind a builder; dbx keeps it behind the
// embedded builder of *dbx.DB and *dbx.Tx.
func (w *wrapped) executor() (dbx.Executor, error) {
	b := w.builder
	switch x := b.(type) {
	case *dbx.DB:
		b = x.Builder
	case *dbx.Tx:
		b = x.Builder
	}
	if e, ok := b.(interface{ Executor() dbx.Executor }); ok {
		return e.Executor(), nil
	}
	return nil, fmt.Errorf("run query: builder %T gives no executor", w.builder)
}

func (w *wrapped) Exec(ctx context.Context, ops ...Op) error {
	if xdb, ok := w.builder.(*dbx.DB); ok && len(ops) > 1 {
		return xdb.TransactionalContext(ctx, nil, func(tx *dbx.Tx) error {
			return (&wrapped{builder: tx, dialect: w.dialect}).Exec(ctx, ops...)
		})
	}
	ex, err := w.executor()
	if err != nil {
		return err
	}
	for _, op := range ops {
		if _, err := ex.ExecContext(ctx, op.SQL, op.Args...); err != nil {
			return w.dialect.Classify(err)
		}
	}
	for _, op := range ops {
		if op.Committed != nil {
			op.Committed()
		}
	}
	return nil
}

func (w *wrapped) QueryRows(ctx context.Context, query string, args []any, scan func(row []any) error) error {
	ex, err := w.executor()
	if err != nil {
		return err
	}
	rows, err := ex.QueryContext(ctx, query, args...)
	if err != nil {
		return w.dialect.Classify(err)
	}
	defer func() { _ = rows.Close() }() // rows.Err below tells what matters
	cols, err := rows.Columns()
	if err != nil {
		return err
	}
	row, ptrs := make([]any, len(cols)), make([]any, len(cols))
	for i := range row {
		ptrs[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(ptrs...); err != nil {
			return err
		}
		if err := scan(row); err != nil {
			return err
		}
	}
	return w.dialect.Classify(rows.Err())
}

// Transact starts a transaction on a *dbx.DB and joins that of any other
// builder, whose owner ends it.
func (w *wrapped) Transact(ctx context.Context, fn func(*Tx) error) error {
	xdb, ok := w.builder.(*dbx.DB)
	if !ok {
		return fn(&Tx{engine: wrappedTx{wrapped: w}, dialect: w.dialect})
	}
	tx, err := xdb.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", w.dialect.Classify(err))
	}
	return runTx(wrappedTx{wrapped: &wrapped{builder: tx, dialect: w.dialect}, own: tx}, w.dialect, fn)
}

// wrappedTx is a transaction on a foreign builder; own is nil when somebody
// else ends it.
type wrappedTx struct {
	*wrapped

	own *dbx.Tx
}

func (t wrappedTx) Builder(Querier) dbx.Builder { return t.builder }

func (t wrappedTx) Exec(ctx context.Context, ops []Op) error { return t.wrapped.Exec(ctx, ops...) }

func (t wrappedTx) Commit() error {
	if t.own == nil {
		return nil
	}
	return t.dialect.Classify(t.own.Commit())
}

func (t wrappedTx) Rollback() error {
	if t.own == nil {
		return nil
	}
	if err := t.own.Rollback(); !errors.Is(err, sql.ErrTxDone) {
		return err
	}
	return nil
}
