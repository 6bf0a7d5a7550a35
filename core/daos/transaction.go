package daos

import (
	"context"
	"errors"
	"slices"
	"sync"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// txState is what all daos of one transaction share.
type txState struct {
	plain       *Dao // the dao that began the transaction; nil when another package did
	collections *CollectionCache

	mu        sync.Mutex
	committed []func() error // after callbacks in the order of the writes
	undo      []func()       // what puts models back after a rollback
}

type txStateKey struct{}

// stateOf returns the state of a transaction, which is a bare one for a transaction that
// was not begun by a dao.
func stateOf(tx *db.Tx) *txState {
	state, _ := tx.Attachment(txStateKey{}, func() any {
		return &txState{collections: newCollectionCache(tx, nil)}
	}).(*txState)
	return state
}

// RunInTransaction runs fn with a dao of a new transaction and commits when fn returns
// nil. Any error rolls back and is returned as it is. In a transaction it just runs fn
// with the dao itself: nested calls join the outer one.
//
// Inside fn only txDao may write; a write through another dao of the same database gives
// db.ErrNestedWrite. The errors of after callbacks, which run after the commit, are joined.
func (d *Dao) RunInTransaction(fn func(txDao *Dao) error) error {
	if d.tx != nil {
		return fn(d)
	}
	transactor, ok := d.q.(db.Transactor)
	if !ok {
		return errors.New("begin transaction: the database of the dao has none")
	}

	var state *txState
	finished := false
	defer func() {
		if !finished && state != nil { // fn panicked
			state.rolledBack()
		}
	}()
	err := transactor.Transact(d.ctx, func(tx *db.Tx) error {
		state = d.attachTo(tx)
		c := *d
		c.q, c.tx, c.collections = tx, state, state.collections
		return fn(&c)
	})
	finished = true
	if state == nil {
		return err
	}
	if err != nil {
		state.rolledBack()
		return err
	}
	return state.runAfter()
}

// attachTo prepares the state of a fresh transaction.
func (d *Dao) attachTo(tx *db.Tx) *txState {
	state, _ := tx.Attachment(txStateKey{}, func() any {
		return &txState{plain: d, collections: newCollectionCache(tx, d.collections)}
	}).(*txState)
	return state
}

func (s *txState) addCommitted(fn func() error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.committed = append(s.committed, fn)
}

func (s *txState) addUndo(fn func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.undo = append(s.undo, fn)
}

// ended returns what was registered until the end of the transaction.
func (s *txState) ended() (committed []func() error, undo []func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.committed, s.undo
}

func (s *txState) rolledBack() {
	_, undo := s.ended()
	for _, fn := range slices.Backward(undo) {
		fn()
	}
}

// runAfter publishes what was committed.
func (s *txState) runAfter() error {
	s.collections.publish()
	committed, _ := s.ended()
	var failed []error
	for _, fn := range committed {
		if err := fn(); err != nil {
			failed = append(failed, err)
		}
	}
	if len(failed) == 1 {
		return failed[0] // a lone error reaches the caller unchanged
	}
	return errors.Join(failed...)
}

// after runs an after callback at its time. It does nothing for a nil callback.
func (d *Dao) after(fn AfterFunc, call func(AfterFunc, *Dao) error) error {
	if fn == nil {
		return nil
	}
	if d.tx == nil {
		return call(fn, d)
	}
	plain := d.tx.plain
	if plain == nil {
		return call(fn, d)
	}
	d.tx.addCommitted(func() error { return call(fn, plain.withLiveContext()) })
	return nil
}

// OnRollback registers what undoes a side effect of the transaction of a dao when that fails.
// It does nothing for a dao without a transaction.
func OnRollback(d *Dao, fn func()) { d.onRollback(fn) }

// onRollback registers what puts a model back when the transaction fails.
func (d *Dao) onRollback(fn func()) {
	if d.tx != nil {
		d.tx.addUndo(fn)
	}
}

// withLiveContext returns the dao with a context that does not end: what follows a commit
// must not be lost because the client has left meanwhile.
func (d *Dao) withLiveContext() *Dao {
	if d.ctx.Err() == nil {
		return d
	}
	return d.WithContext(context.WithoutCancel(d.ctx))
}
