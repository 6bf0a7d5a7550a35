package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	lib "modernc.org/sqlite/lib"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// busyTimeout is how long a statement waits for a lock of another process.
const busyTimeout = "PRAGMA busy_timeout = 10000"

// connPragmas are set on every connection.
var connPragmas = []string{
	"PRAGMA journal_mode = WAL",
	"PRAGMA journal_size_limit = 200000000",
	"PRAGMA foreign_keys = ON",
	"PRAGMA temp_store = MEMORY",
	"PRAGMA cache_size = -16000",
	"PRAGMA mmap_size = 268435456",
}

// autoCheckpoint is the length of the log, in pages, at which a commit moves
// it into the database by itself. The keeper is meant to do that long before,
// off the path of the writers; this is what remains if it cannot keep up.
const autoCheckpoint = "PRAGMA wal_autocheckpoint = 20000"

// analysisLimit bounds the rows of an index that statistics look at. It is
// high enough to see how rarely a column changes, without which the planner
// prefers poor indexes, and low enough not to hold up writers for long.
const analysisLimit = "PRAGMA analysis_limit = 100000"

// applyPragmas sets up a fresh connection. A deadline of ctx bounds how long the
// connection waits for locks from then on.
func applyPragmas(ctx context.Context, c *conn, o db.Options, reader bool) error {
	if err := openPatience(ctx, c); err != nil {
		return err
	}
	list := append([]string{}, connPragmas...)
	if o.Durability == db.DurabilityFull {
		list = append(list, "PRAGMA synchronous = FULL")
	} else {
		list = append(list, "PRAGMA synchronous = NORMAL")
	}
	if reader {
		list = append(list, "PRAGMA query_only = ON")
	} else {
		list = append(list, autoCheckpoint, analysisLimit)
	}
	for _, p := range list {
		if _, err := c.exec(p, nil); err != nil {
			return err
		}
	}
	return nil
}

// openPatience sets how long opening waits for a lock of another process: not
// longer than ctx allows.
func openPatience(ctx context.Context, c *conn) error {
	deadline, ok := ctx.Deadline()
	if left := time.Until(deadline); ok && left < 10*time.Second {
		_, err := c.exec(fmt.Sprintf("PRAGMA busy_timeout = %d", max(1, left.Milliseconds())), nil)
		return err
	}
	_, err := c.exec(busyTimeout, nil)
	return err
}

// openWriter opens the connection that writes and makes sure that the file can
// be read and written.
func openWriter(ctx context.Context, path string, o db.Options) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	c, err := openConn(path, writerStmts)
	if err != nil {
		return nil, err
	}
	if c.readOnly() { // SQLite falls back to reading when it may not write
		return nil, c.abandon(&Error{code: lib.SQLITE_READONLY, msg: "attempt to write a readonly database"})
	}
	if err := applyPragmas(ctx, c, o, false); err != nil {
		return nil, c.abandon(err)
	}
	// Reads the schema, which a damaged file shows, and takes the write lock,
	// which a read-only one does not give.
	for _, q := range []string{"SELECT count(*) FROM sqlite_schema", "BEGIN IMMEDIATE", "ROLLBACK", busyTimeout} {
		if _, err := c.exec(q, nil); err != nil {
			return nil, c.abandon(err)
		}
	}
	c.trace = o.Trace
	return c, nil
}

// checkPath finds out early what SQLite would only call "unable to open".
func checkPath(path string) error {
	dir := filepath.Dir(path)
	if st, err := os.Stat(dir); err != nil || !st.IsDir() {
		return fmt.Errorf("open database %s: the folder %s does not exist", path, dir)
	}
	if st, err := os.Stat(path); err == nil && st.IsDir() {
		return fmt.Errorf("open database %s: %w: it is a folder", path, db.ErrNotDatabase)
	}
	return nil
}

// openError says in one sentence why a database could not be opened.
func openError(path string, err error) error {
	var e *Error
	if !errors.As(err, &e) {
		return fmt.Errorf("open database %s: %w", path, err)
	}
	reason, sentinel := "", error(nil)
	switch e.code & 0xff {
	case lib.SQLITE_NOTADB:
		reason, sentinel = "the file is not an SQLite database", db.ErrNotDatabase
	case lib.SQLITE_CORRUPT:
		reason, sentinel = "the file is damaged, restore it from a backup", db.ErrCorrupt
	case lib.SQLITE_READONLY, lib.SQLITE_PERM, lib.SQLITE_CANTOPEN:
		reason, sentinel = "the file or its folder cannot be written, check its owner and permissions", db.ErrReadOnly
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		reason, sentinel = "another process has locked it", db.ErrLocked
	default:
		return fmt.Errorf("open database %s: %w", path, err)
	}
	return &openFailure{path: path, reason: reason, sentinel: sentinel, cause: err}
}

// openFailure is a database that cannot be opened, in a form to show to a
// person.
type openFailure struct {
	path, reason    string
	sentinel, cause error
}

func (f *openFailure) Error() string {
	return fmt.Sprintf("cannot open the database %s: %s (%v)", f.path, f.reason, f.cause)
}

func (f *openFailure) Unwrap() []error { return []error{f.sentinel, f.cause} }
