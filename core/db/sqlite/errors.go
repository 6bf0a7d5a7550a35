package sqlite

import (
	"errors"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// Error is an error of SQLite: its message and the (extended) code. errors.Is
// matches it with the sentinels of core/db.
type Error struct {
	code int
	msg  string
}

// Error implements error.
func (e *Error) Error() string { return e.msg }

// Code returns the extended result code.
func (e *Error) Code() int { return e.code }

// Is reports whether target is the sentinel this error stands for.
func (e *Error) Is(target error) bool {
	s := sentinel(e.code)
	return s != nil && s == target
}

// sentinel returns the core/db sentinel for a result code, nil if none fits.
func sentinel(code int) error {
	switch code {
	case lib.SQLITE_CONSTRAINT_UNIQUE, lib.SQLITE_CONSTRAINT_PRIMARYKEY, lib.SQLITE_CONSTRAINT_ROWID:
		return db.ErrUnique
	case lib.SQLITE_CONSTRAINT_FOREIGNKEY:
		return db.ErrForeignKey
	}
	switch code & 0xff {
	case lib.SQLITE_BUSY, lib.SQLITE_LOCKED:
		return db.ErrBusy
	case lib.SQLITE_CORRUPT:
		return db.ErrCorrupt
	case lib.SQLITE_NOTADB:
		return db.ErrNotDatabase
	case lib.SQLITE_READONLY:
		return db.ErrReadOnly
	case lib.SQLITE_FULL:
		return db.ErrFull
	}
	return nil
}

// error makes an Error of a result code. Its text is the connection's last
// message alone: validation errors and scripts show it as it is.
func (c *conn) error(rc int32) error {
	if c.db != 0 {
		if msg := libc.GoString(lib.Xsqlite3_errmsg(c.tls, c.db)); msg != "" && msg != "not an error" {
			return &Error{code: int(rc), msg: msg}
		}
	}
	return &Error{code: int(rc), msg: libc.GoString(lib.Xsqlite3_errstr(c.tls, rc))}
}

// errLeftOpen is a hand-written BEGIN or SAVEPOINT outside a transaction.
var errLeftOpen = errors.New("db: the statement opened a transaction and was rolled back: use a function transaction (runInTransaction)")

// errControl is a transaction statement among the operations of a unit.
var errControl = errors.New("db: BEGIN, COMMIT, ROLLBACK, SAVEPOINT and RELEASE cannot be part of a unit of operations")

// isInterrupt reports whether err says that a statement was interrupted.
func isInterrupt(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.code&0xff == lib.SQLITE_INTERRUPT
}

// classified is a foreign error that stands for a sentinel.
type classified struct{ err, sentinel error }

func (c *classified) Error() string { return c.err.Error() }

func (c *classified) Unwrap() []error { return []error{c.err, c.sentinel} }

// classify adds the sentinel to errors of the standard driver; those of this
// package carry it already.
func classify(err error) error {
	var own *Error
	if err == nil || errors.As(err, &own) {
		return err
	}
	var coded interface{ Code() int }
	if !errors.As(err, &coded) {
		return err
	}
	s := sentinel(coded.Code())
	if s == nil || errors.Is(err, s) {
		return err
	}
	return &classified{err: err, sentinel: s}
}

// isConstraint reports whether err is a violated constraint.
func isConstraint(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.code&0xff == lib.SQLITE_CONSTRAINT
}
