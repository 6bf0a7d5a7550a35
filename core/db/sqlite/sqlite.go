// Package sqlite is the SQLite engine of core/db: a thin connection on the
// pure Go SQLite library, one writer that combines what concurrent callers
// write into shared commits, a bounded pool of readers, background checkpoints
// and fresh statistics. Importing it registers the driver "sqlite".
//
// Invariants: only the holder of the writer touches the writer's connection; a
// reader's connection belongs to one query at a time; user code never runs
// while the writer executes a shared commit.
package sqlite

import (
	"context"

	"github.com/pocketbase/dbx"
	lib "modernc.org/sqlite/lib"

	"github.com/tackleboxdev/tacklebox/core/db"
)

func init() {
	lib.PatchIssue199() // what the library's own driver does when it is loaded
	db.Register("sqlite", Driver{})
	dbx.BuilderFuncMap[builderName] = dbx.BuilderFuncMap["sqlite"]
}

// builderName is what query builders answer for the name of their driver. v0.22
// answers the same.
const builderName = "pb_sqlite3"

// Driver opens SQLite databases for core/db. The zero value is ready to use.
type Driver struct{}

var _ db.Driver = Driver{}

// Open implements db.Driver.
func (Driver) Open(ctx context.Context, path string, o db.Options) (db.Engine, error) {
	return openEngine(ctx, path, o)
}

// Dialect implements db.Driver.
func (Driver) Dialect() db.Dialect { return Dialect{} }
