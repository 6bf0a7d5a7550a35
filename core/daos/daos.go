// Package daos finds and stores the models of the application: records,
// collections, admins, settings, external auths and logs.
//
// A [Dao] is bound to one place: a database, where each write stands for itself, or a
// running transaction. Code that touches data takes a *Dao and never reaches for
// another one, so it works in both. Every write passes six callbacks that the
// application turns into events; see [Dao].
package daos

import (
	"context"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/db/sqlite"
	"github.com/tackleboxdev/tacklebox/core/models"
)

type (
	// BeforeFunc runs around a write. It stores the model by calling action; when it
	// returns nil without having called it, nothing is stored and the write reports
	// success.
	BeforeFunc func(eventDao *Dao, m models.Model, action func() error) error
	// AfterFunc runs once a write is committed.
	AfterFunc func(eventDao *Dao, m models.Model) error
	// CommittedFunc is called with a record that is about to be written. The function that
	// it returns, if any, runs when the write is committed; see db.Op for its limits. Of all
	// callbacks it is the one that keeps the order of the commits.
	CommittedFunc func(record *models.Record, write Write) func()
)

// Write tells what a write does to a record.
type Write uint8

// The kinds of writes.
const (
	WriteCreate Write = iota
	WriteUpdate
	WriteDelete
)

// Dao reads and writes models. It is safe for concurrent use as long as its fields are
// not changed; Clone makes a copy whose fields may be.
//
// The before callbacks get the dao that writes, which inside of a transaction is that of
// the transaction. The after callbacks get the plain dao: at once for a write outside of
// a transaction; inside of one they wait for its commit, run in the order of the writes
// (all of them, even when one fails) and are dropped with a rollback.
type Dao struct {
	q           db.Querier
	ctx         context.Context //nolint:containedctx // see WithContext
	tx          *txState        // nil outside of a transaction
	collections *CollectionCache

	BeforeCreateFunc BeforeFunc
	AfterCreateFunc  AfterFunc
	BeforeUpdateFunc BeforeFunc
	AfterUpdateFunc  AfterFunc
	BeforeDeleteFunc BeforeFunc
	AfterDeleteFunc  AfterFunc

	committed CommittedFunc // see ObserveWrites

	// MaxLockRetries has no effect: writers of one process queue up instead of retrying.
	MaxLockRetries int
	// ModelQueryTimeout bounds each query made by this dao's query methods when it is
	// positive. The database has a bound of its own.
	ModelQueryTimeout time.Duration
}

// New returns a dao without callbacks for a database or a transaction. All daos of one
// database share a collection cache.
func New(q db.Querier) *Dao {
	d := &Dao{q: q, ctx: context.Background()}
	switch t := q.(type) {
	case *db.DB:
		d.collections = cacheOf(t)
	case *db.Tx:
		d.tx = stateOf(t)
		d.collections = d.tx.collections
	default:
		d.collections = uncached(q)
	}
	return d
}

// NewFromBuilder returns a dao without callbacks that works where the builder does. A
// builder that came from DB of another dao leads back to the same database or transaction.
func NewFromBuilder(b dbx.Builder) *Dao {
	return New(db.Wrap(b, sqlite.Dialect{}))
}

// DB returns the builder for queries of your own in the same place.
func (d *Dao) DB() dbx.Builder { return d.q.Builder() }

// ConcurrentDB returns the same as DB, which tells reads and writes apart by itself.
func (d *Dao) ConcurrentDB() dbx.Builder { return d.q.Builder() }

// NonconcurrentDB returns the same as DB, which tells reads and writes apart by itself.
func (d *Dao) NonconcurrentDB() dbx.Builder { return d.q.Builder() }

// Querier returns the place where this dao reads and writes.
func (d *Dao) Querier() db.Querier { return d.q }

// Clone returns a copy with the same callbacks in the same place.
func (d *Dao) Clone() *Dao {
	c := *d
	return &c
}

// WithoutHooks returns a copy without callbacks.
func (d *Dao) WithoutHooks() *Dao {
	c := *d
	c.BeforeCreateFunc, c.BeforeUpdateFunc, c.BeforeDeleteFunc = nil, nil, nil
	c.AfterCreateFunc, c.AfterUpdateFunc, c.AfterDeleteFunc = nil, nil, nil
	c.committed = nil
	return &c
}

// ObserveWrites sets the committed callback of a dao and of its later copies, save those
// without hooks. It is for the owner of the dao, before others use it.
func ObserveWrites(d *Dao, fn CommittedFunc) { d.committed = fn }

// WithContext returns a copy whose queries, and writes that still wait for their turn, end
// with ctx. It is meant to live as long as one request.
func (d *Dao) WithContext(ctx context.Context) *Dao {
	c := *d
	c.ctx = ctx
	return &c
}

// Context returns the context of the dao, never nil.
func (d *Dao) Context() context.Context { return d.ctx }

// IsTransaction reports whether the dao is bound to a transaction.
func (d *Dao) IsTransaction() bool { return d.tx != nil }

// exec runs operations as one atomic unit.
func (d *Dao) exec(ops ...db.Op) error { return d.q.Exec(d.ctx, ops...) }

// queryRows runs a prepared query.
func (d *Dao) queryRows(query string, args []any, scan func(row []any) error) error {
	return d.q.QueryRows(d.ctx, query, args, scan)
}

// quote returns a quoted identifier.
func (d *Dao) quote(name string) string { return d.q.Dialect().Quote(name) }

// execSQL runs one statement without arguments.
func (d *Dao) execSQL(statement string) error { return d.exec(db.Op{SQL: statement}) }
