package sqlite

import (
	"errors"
	"fmt"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// runAlone runs one unit in a commit of its own; a single statement needs no
// transaction around it.
func (w *writer) runAlone(u *unit) {
	c := w.conn
	if len(u.ops) == 1 {
		u.result, u.err = c.exec(u.ops[0].SQL, u.ops[0].Args)
		if err := w.settle(); u.err == nil {
			u.err = err
		}
		return
	}
	if _, u.err = c.exec("BEGIN IMMEDIATE", nil); u.err != nil {
		return
	}
	if u.result, u.err = runOps(c, u.ops); u.err == nil {
		_, u.err = c.exec("COMMIT", nil)
	}
	if u.err != nil {
		u.err = joined(u.err, c.rollback())
	}
}

// settle rolls back a transaction that a hand-written statement left open.
func (w *writer) settle() error {
	if !w.conn.inTransaction() {
		return nil
	}
	if err := w.conn.rollback(); err != nil {
		return fmt.Errorf("roll back transaction left open: %w", err)
	}
	return errLeftOpen
}

// runOps runs ops in order up to the first error.
func runOps(c *conn, ops []db.Op) (res result, err error) {
	for _, op := range ops {
		if res, err = c.exec(op.SQL, op.Args); err != nil {
			return res, err
		}
	}
	return res, nil
}

// joined adds a second error to err if there is one; err alone keeps its type.
func joined(err, second error) error {
	if second == nil {
		return err
	}
	return errors.Join(err, second)
}

// runBatch runs the units in one commit. A unit that fails is undone alone. If
// an error took the whole transaction with it, or the commit fails, everyone
// else is run again in a commit of their own.
func (w *writer) runBatch(batch []*unit) {
	c := w.conn
	if _, err := c.exec("BEGIN IMMEDIATE", nil); err != nil {
		failAll(batch, err)
		return
	}
	for i, u := range batch {
		runShared(c, u)
		if c.inTransaction() {
			continue
		}
		if isConstraint(u.err) { // its own choice, as by ON CONFLICT ROLLBACK
			w.rerun(batch[:i])
			w.rerun(batch[i+1:])
		} else {
			w.rerun(batch)
		}
		return
	}
	_, err := c.exec("COMMIT", nil)
	if err == nil {
		return
	}
	if rerr := c.rollback(); rerr != nil {
		failAll(batch, errors.Join(err, rerr))
		return
	}
	w.rerun(batch)
}

// runShared runs one unit of a shared commit. SQLite undoes a single failed
// statement by itself; several are undone by a savepoint.
func runShared(c *conn, u *unit) {
	if len(u.ops) == 1 {
		u.result, u.err = c.exec(u.ops[0].SQL, u.ops[0].Args)
		return
	}
	u.result, u.err = atomically(c, u.ops)
}

// atomically runs ops inside the open transaction so that either all of them
// have an effect or none.
func atomically(c *conn, ops []db.Op) (result, error) {
	if _, err := c.exec("SAVEPOINT unit", nil); err != nil {
		return result{}, err
	}
	res, err := runOps(c, ops)
	if err == nil {
		_, err = c.exec("RELEASE unit", nil)
		return res, err
	}
	if !c.inTransaction() {
		return res, err
	}
	if _, rerr := c.exec("ROLLBACK TO unit", nil); rerr != nil {
		return res, errors.Join(err, rerr)
	}
	_, rerr := c.exec("RELEASE unit", nil)
	return res, joined(err, rerr)
}

// rerun runs every unit that has not failed by itself in a commit of its own.
func (w *writer) rerun(batch []*unit) {
	for _, u := range batch {
		if !isConstraint(u.err) {
			u.result, u.err = result{}, nil
			w.runAlone(u)
		}
	}
}

func failAll(batch []*unit, err error) {
	for _, u := range batch {
		u.result, u.err = result{}, err
	}
}

// tellCommitted tells the operations of units that ran without an error.
func tellCommitted(batch ...*unit) {
	for _, u := range batch {
		if u.err == nil {
			callAll(committedFuncs(nil, u.ops))
		}
	}
}

// committedFuncs appends the functions that wait for the commit of operations.
func committedFuncs(dst []func(), ops []db.Op) []func() {
	for i := range ops {
		if fn := ops[i].Committed; fn != nil {
			dst = append(dst, fn)
		}
	}
	return dst
}

// callAll calls the functions. A panic ends its function but neither the others
// nor the writer, which others wait for.
func callAll(fns []func()) {
	for _, fn := range fns {
		func() {
			defer func() { _ = recover() }()
			fn()
		}()
	}
}
