package db

import (
	"context"

	"github.com/pocketbase/dbx"
)

// Querier is what data access code needs of a database. *DB, *Tx and the
// result of Wrap implement it, so the same code runs in and out of a
// transaction.
type Querier interface {
	// Builder returns the query builder bound to the same place as the
	// other methods.
	Builder() dbx.Builder
	// Exec runs the operations as one atomic unit.
	Exec(ctx context.Context, ops ...Op) error
	// QueryRows runs query with args and calls scan once per row. The row
	// holds int64, float64, string, []byte or nil and is reused between
	// calls: copy byte slices to keep them, strings are safe. An error of scan
	// ends the query and is returned as it is.
	QueryRows(ctx context.Context, query string, args []any, scan func(row []any) error) error
	// Dialect returns the dialect the SQL has to be written in.
	Dialect() Dialect
}

// Op is one statement of an atomic unit. Statements are prepared and cached by
// their text, so the text should not contain values.
type Op struct {
	SQL  string
	Args []any
	// Committed, if set, is called once the statement is committed, before the
	// writer is passed on: in the order of the commits and of the statements in
	// them, whichever goroutines wait for them. It must return at once, must not
	// use the database and must not panic. Where the commit is the business of a
	// builder (see Wrap), it is called when the statement was run.
	Committed func()
}

// Transactor is a Querier that can run a function transaction. Every Querier
// of this package is one: a *DB starts a transaction, a *Tx joins its own.
type Transactor interface {
	Transact(ctx context.Context, fn func(*Tx) error) error
}

var (
	_ Querier    = (*DB)(nil)
	_ Querier    = (*Tx)(nil)
	_ Querier    = (*wrapped)(nil)
	_ Transactor = (*DB)(nil)
	_ Transactor = (*Tx)(nil)
	_ Transactor = (*wrapped)(nil)
)
