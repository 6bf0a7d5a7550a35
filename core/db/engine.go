package db

import (
	"context"
	"sync"

	"github.com/pocketbase/dbx"
)

// Driver opens databases of one kind.
type Driver interface {
	// Open opens the database at path. The options have their defaults
	// filled in.
	Open(ctx context.Context, path string, o Options) (Engine, error)
	// Dialect returns the SQL dialect of the driver.
	Dialect() Dialect
}

// Engine is an open database as a driver implements it; DB states what each
// method promises. The owner of a builder is what Wrap gives back for it.
type Engine interface { //nolint:interfacebloat // one seam per engine; splitting it would not give smaller implementations
	Builder(owner Querier) dbx.Builder
	Exec(ctx context.Context, ops []Op) error
	QueryRows(ctx context.Context, query string, args []any, scan func(row []any) error) error
	Begin(ctx context.Context) (EngineTx, error)
	Checkpoint(ctx context.Context, mode CheckpointMode) error
	Snapshot(ctx context.Context, path string) error
	Close() error
}

// EngineTx is a running transaction as a driver implements it; Tx states what
// each method promises. Commit and Rollback end it, the first call wins.
type EngineTx interface {
	Builder(owner Querier) dbx.Builder
	Exec(ctx context.Context, ops []Op) error
	QueryRows(ctx context.Context, query string, args []any, scan func(row []any) error) error
	Commit() error
	Rollback() error
}

// drivers is the table of registered engines.
var drivers = struct {
	mu sync.RWMutex
	m  map[string]Driver
}{m: map[string]Driver{}}

// Register makes a driver available to Open under a name; the last
// registration of a name wins. It is meant for the init function of a driver
// package.
func Register(name string, drv Driver) {
	drivers.mu.Lock()
	defer drivers.mu.Unlock()
	drivers.m[name] = drv
}

func lookup(name string) (Driver, bool) {
	drivers.mu.RLock()
	defer drivers.mu.RUnlock()
	drv, ok := drivers.m[name]
	return drv, ok
}
