package sqlite

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"
)

// snapshotPages is how much one step of a snapshot copies: little enough to
// end soon after its context and to leave the processor to others in between.
const snapshotPages = 256

// Snapshot implements db.Engine. A read transaction on a connection of its own
// fixes what is copied; the writers do not notice it. Only the log cannot
// start over until it ends, so the keeper does not try meanwhile.
func (e *engine) Snapshot(ctx context.Context, path string) (err error) {
	e.snapshots.Add(1)
	defer e.snapshots.Add(-1)
	source, err := openConn(e.path, 2)
	if err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	defer func() { err = errors.Join(err, source.close()) }()
	if err := beginSnapshot(source); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	if err := createFile(path); err != nil {
		return fmt.Errorf("snapshot: %w", err)
	}
	if err := copyDatabase(ctx, source, path); err != nil {
		return errors.Join(fmt.Errorf("snapshot: %w", err), os.Remove(path))
	}
	return nil
}

// beginSnapshot opens a read transaction and makes it see the present.
func beginSnapshot(c *conn) error {
	for _, q := range []string{busyTimeout, "PRAGMA query_only = ON", "BEGIN", "SELECT count(*) FROM sqlite_schema"} {
		if _, err := c.exec(q, nil); err != nil {
			return err
		}
	}
	return nil
}

// createFile makes sure that path is a new file.
func createFile(path string) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	return file.Close()
}

// copyDatabase writes what source sees to an empty file. Nothing is lost if
// that file is torn by a crash, so it is written without a journal.
func copyDatabase(ctx context.Context, source *conn, path string) (err error) {
	target, err := openConn(path, 2)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, target.close()) }()
	for _, q := range []string{"PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", "PRAGMA cache_size = -4000"} {
		if _, err := target.exec(q, nil); err != nil {
			return err
		}
	}
	return copyPages(ctx, source, target)
}

func copyPages(ctx context.Context, source, target *conn) error {
	name, err := libc.CString("main")
	if err != nil {
		return err
	}
	defer libc.Xfree(target.tls, name)
	job := lib.Xsqlite3_backup_init(target.tls, target.db, name, source.db, name)
	if job == 0 {
		return target.error(lib.Xsqlite3_errcode(target.tls, target.db))
	}
	rc := int32(lib.SQLITE_OK)
	for rc == lib.SQLITE_OK {
		if err = ctx.Err(); err != nil {
			break
		}
		rc = lib.Xsqlite3_backup_step(target.tls, job, snapshotPages)
		runtime.Gosched()
	}
	finished := lib.Xsqlite3_backup_finish(target.tls, job)
	switch {
	case err != nil:
		return err
	case finished != lib.SQLITE_OK:
		return target.error(finished)
	case rc != lib.SQLITE_DONE: // busy: somebody else writes to the new file
		return &Error{code: int(rc), msg: "the copy did not finish"}
	}
	return nil
}
