// Package db is the only way the rest of the program reaches a database: it
// promises a small query interface (Querier), an atomic group of statements
// (Exec), a function transaction (Transact) and a dialect that hides what
// differs between engines. The engines live in sub-packages and register
// themselves; importing core/db/sqlite makes SQLite available.
package db

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/pocketbase/dbx"
)

// Durability says when a commit is acknowledged.
type Durability string

const (
	// DurabilityNormal acknowledges once the commit survives the death of the
	// process; a power cut may lose the last moments. It is the default.
	DurabilityNormal Durability = "normal"
	// DurabilityFull acknowledges once the commit survives a power cut.
	DurabilityFull Durability = "full"
)

// Options tune a database. The zero value is the right choice for application
// data.
type Options struct {
	// Driver names the engine, "sqlite" if empty.
	Driver string
	// Durability is DurabilityNormal if empty.
	Durability Durability
	// Readers bounds the connections that read at the same time; 0 picks a
	// number from the count of processors.
	Readers int
	// QueryTimeout bounds every read outside a transaction: 0 means 30
	// seconds, a negative value no bound.
	QueryTimeout time.Duration
	// Logger receives what background work has to say; nil is silent.
	Logger *slog.Logger
	// Trace is told about every statement that ran, with its values filled in.
	// It must return quickly and not use the database; nil traces nothing.
	Trace func(sql string, took time.Duration)
}

// CheckpointMode says how far a checkpoint goes.
type CheckpointMode string

const (
	// CheckpointPassive moves what it can without waiting for anyone.
	CheckpointPassive CheckpointMode = "passive"
	// CheckpointTruncate waits for the writer and the readers and leaves an
	// empty log behind.
	CheckpointTruncate CheckpointMode = "truncate"
)

// DB is an open database. It is safe for concurrent use and does not have a
// usable zero value: get one from Open.
type DB struct {
	attachments

	engine  Engine
	dialect Dialect
}

// Open opens the database at path, creating the file if its folder exists.
// A path that cannot be used gives an error that says so in one sentence and
// matches ErrReadOnly, ErrCorrupt, ErrNotDatabase or ErrLocked.
func Open(ctx context.Context, path string, o Options) (*DB, error) {
	if o.Driver == "" {
		o.Driver = "sqlite"
	}
	drv, ok := lookup(o.Driver)
	if !ok {
		return nil, fmt.Errorf("open database: no %q driver is registered (import its package, e.g. core/db/%[1]s)", o.Driver)
	}
	switch o.Durability {
	case "":
		o.Durability = DurabilityNormal
	case DurabilityNormal, DurabilityFull:
	default:
		return nil, fmt.Errorf("open database: unknown durability %q (use %q or %q)", o.Durability, DurabilityNormal, DurabilityFull)
	}
	if o.QueryTimeout == 0 {
		o.QueryTimeout = 30 * time.Second
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	engine, err := drv.Open(ctx, path, o)
	if err != nil {
		return nil, err
	}
	return &DB{engine: engine, dialect: drv.Dialect()}, nil
}

// Builder returns a query builder for hand-written queries: reads run on the
// pool, writes one at a time with every other write of this DB, so they never
// see "database is locked". A write from inside a function transaction of the
// same DB gives ErrNestedWrite.
func (d *DB) Builder() dbx.Builder { return d.engine.Builder(d) }

// Exec runs the operations as one atomic unit, sharing its commit with
// whatever other callers have to write at the moment. When it returns nil the
// unit is committed; on an error nothing of it remains. A context that ends
// while the unit waits for its turn withdraws it; once it runs it is finished.
func (d *DB) Exec(ctx context.Context, ops ...Op) error { return d.engine.Exec(ctx, ops) }

// QueryRows runs a prepared read and calls scan for every row; see Querier.
func (d *DB) QueryRows(ctx context.Context, query string, args []any, scan func(row []any) error) error {
	return d.engine.QueryRows(ctx, query, args, scan)
}

// Dialect returns the dialect of the engine.
func (d *DB) Dialect() Dialect { return d.dialect }

// Transact runs fn alone on the writer and commits when it returns nil. An
// error or a panic of fn rolls back; the panic goes on. Inside fn only the Tx
// may write: a write on the DB by the same goroutine gives ErrNestedWrite.
func (d *DB) Transact(ctx context.Context, fn func(*Tx) error) error {
	et, err := d.engine.Begin(ctx)
	if err != nil {
		return err
	}
	return runTx(et, d.dialect, fn)
}

// Checkpoint moves the write-ahead log into the database file.
func (d *DB) Checkpoint(ctx context.Context, mode CheckpointMode) error {
	return d.engine.Checkpoint(ctx, mode)
}

// Snapshot writes a copy of the database to a new file at path while reads and
// writes go on. The copy holds every write acknowledged before the call, and
// of later ones either all of a commit or nothing. On an error, which the end
// of ctx is too, no file is left.
func (d *DB) Snapshot(ctx context.Context, path string) error {
	return d.engine.Snapshot(ctx, path)
}

// Close waits for running writes and background work, leaves no log file
// behind (unless another process has the database open) and closes every
// connection. Later calls on the DB give ErrClosed; closing twice is harmless.
func (d *DB) Close() error { return d.engine.Close() }
