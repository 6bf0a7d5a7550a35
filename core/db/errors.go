package db

import (
	"database/sql"
	"errors"
)

// The errors a caller can tell apart with errors.Is. The driver's own message
// stays in the error text.
var (
	// ErrNestedWrite is a write outside the running transaction by the
	// goroutine that runs it; waiting for itself it would never end.
	ErrNestedWrite = errors.New("write through the app's own dao inside a transaction: use the dao of the transaction (txDao / e.dao)")
	// ErrUnique is a violated unique index or primary key.
	ErrUnique = errors.New("db: unique constraint failed")
	// ErrForeignKey is a violated foreign key.
	ErrForeignKey = errors.New("db: foreign key constraint failed")
	// ErrBusy is a lock of another process that did not go away in time.
	ErrBusy = errors.New("db: busy")
	// ErrLocked is a database that could not be opened because another
	// process holds it.
	ErrLocked = errors.New("db: locked by another process")
	// ErrCorrupt is a damaged database file.
	ErrCorrupt = errors.New("db: corrupt database")
	// ErrNotDatabase is a file that is no database of this engine.
	ErrNotDatabase = errors.New("db: not a database")
	// ErrReadOnly is a database file or folder that cannot be written.
	ErrReadOnly = errors.New("db: read-only database")
	// ErrFull is a disk without room for the write.
	ErrFull = errors.New("db: disk full")
	// ErrTimeout is a read that ran longer than the query timeout allows.
	ErrTimeout = errors.New("db: query timeout")
	// ErrClosed is a call on a closed DB.
	ErrClosed = errors.New("db: closed")
	// ErrTxDone is a call on a transaction that has ended.
	ErrTxDone = sql.ErrTxDone
)
