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
// *dbx.DB of this package gives its DB or Tx back, so nothing is lost on the way.
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
	ex, err := w.executor()
	if err != nil {
		return err
	}
	if pool, ok := ex.(*sql.DB); ok && len(ops) > 1 {
		return w.execTx(ctx, pool, ops)
	}
	return w.run(ctx, ex, ops)
}

func (w *wrapped) execTx(ctx context.Context, pool *sql.DB, ops []Op) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin transaction: %w", w.dialect.Classify(err))
	}
	if err := w.run(ctx, tx, ops); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return w.dialect.Classify(tx.Commit())
}

// run executes ops one after the other.
func (w *wrapped) run(ctx context.Context, ex dbx.Executor, ops []Op) error {
	for _, op := range ops {
		if _, err := ex.ExecContext(ctx, op.SQL, op.Args...); err != nil {
			return w.dialect.Classify(err)
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
