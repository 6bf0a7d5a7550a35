package sqlite

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/internal/goroutine"
)

// maxBatch bounds the units of one shared commit.
const maxBatch = 256

// writer orders everything that writes. There is no writer goroutine: a caller
// that finds the writer free becomes its holder and runs its unit; others
// queue. A holder that is done makes the first of the queue the next one,
// which runs the units queued behind it in the same commit (flat combining),
// up to the next unit that wants the writer for itself.
type writer struct {
	conn    *conn
	changed func(units int) // told after every commit, by the holder

	owner atomic.Uintptr // goroutine of the running function transaction
	size  int            // of the last batch; only the holder looks at it

	mu     sync.Mutex
	held   bool
	closed bool
	first  *unit
	last   *unit
}

// unit is one thing to do with the writer: operations that may share a commit,
// or with exclusive set a claim on the writer for its holder's own use.
type unit struct {
	ops       []db.Op
	result    result // of the last operation
	err       error
	exclusive bool

	queued bool // guarded by writer.mu
	next   *unit
	wake   chan signal
}

type signal bool

const (
	signalDone signal = false // the unit has been run by another caller
	signalHold signal = true  // the caller is now the holder
)

var units = sync.Pool{New: func() any { return &unit{wake: make(chan signal, 1)} }}

func newUnit(ops []db.Op, exclusive bool) *unit {
	u := units.Get().(*unit) // the pool holds nothing else
	u.ops, u.exclusive = ops, exclusive
	return u
}

func (u *unit) free() {
	*u = unit{wake: u.wake}
	units.Put(u)
}

// exec runs ops as one atomic unit in a commit of its own or a shared one.
func (w *writer) exec(ctx context.Context, ops []db.Op) (result, error) {
	u := newUnit(ops, false)
	hold, err := w.enter(ctx, u)
	switch {
	case err != nil:
		u.free()
		return result{}, err
	case hold:
		w.lead(u)
	}
	res, err := u.result, u.err
	u.free()
	return res, err
}

// acquire makes the caller the holder of the writer until release.
func (w *writer) acquire(ctx context.Context) error {
	u := newUnit(nil, true)
	hold, err := w.enter(ctx, u)
	if err == nil && !hold {
		err = u.err // the database was closed meanwhile
	}
	u.free()
	return err
}

// enter waits until the caller holds the writer or its unit has been run. An
// error means that the unit was not and will not be run.
func (w *writer) enter(ctx context.Context, u *unit) (hold bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if o := w.owner.Load(); o != 0 && o == goroutine.Self() {
		return false, db.ErrNestedWrite
	}
	w.mu.Lock()
	if w.closed {
		w.mu.Unlock()
		return false, db.ErrClosed
	}
	if !w.held {
		w.held = true
		w.mu.Unlock()
		return true, nil
	}
	u.queued = true
	if w.last == nil {
		w.first = u
	} else {
		w.last.next = u
	}
	w.last = u
	w.mu.Unlock()
	return w.wait(ctx, u)
}

// wait blocks until a holder has a signal for u, or takes u back out of the
// queue when ctx ends before anyone took it.
func (w *writer) wait(ctx context.Context, u *unit) (hold bool, err error) {
	if ctx.Done() == nil {
		return bool(<-u.wake), nil
	}
	select {
	case s := <-u.wake:
		return bool(s), nil
	case <-ctx.Done():
	}
	if w.withdraw(u) {
		return false, ctx.Err()
	}
	if <-u.wake == signalDone {
		return false, nil
	}
	w.release()
	return false, ctx.Err()
}

// withdraw takes u out of the queue and reports whether it was still there.
func (w *writer) withdraw(u *unit) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !u.queued {
		return false
	}
	u.queued = false
	if w.first == u {
		w.first = u.next
		if w.first == nil {
			w.last = nil
		}
		return true
	}
	for p := w.first; p.next != nil; p = p.next {
		if p.next == u {
			p.next = u.next
			if w.last == u {
				w.last = p
			}
			break
		}
	}
	return true
}

// pop takes the first unit of the queue, or nil. The caller holds w.mu.
func (w *writer) pop() *unit {
	u := w.first
	if u == nil {
		return nil
	}
	w.first = u.next
	if w.first == nil {
		w.last = nil
	}
	u.next, u.queued = nil, false
	return u
}

// release passes the writer on to the first of the queue.
func (w *writer) release() {
	w.mu.Lock()
	u := w.pop()
	if u == nil {
		w.held = false
	}
	w.mu.Unlock()
	if u != nil {
		u.wake <- signalHold
	}
}

// collect returns u and the units behind it that may share its commit.
func (w *writer) collect(u *unit) []*unit {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.first == nil || w.first.exclusive {
		return nil
	}
	batch := append(make([]*unit, 0, 64), u)
	for len(batch) < maxBatch && w.first != nil && !w.first.exclusive {
		batch = append(batch, w.pop())
	}
	return batch
}

// lead runs u, together with what can share its commit, passes the writer on
// and then tells the others. The holder of the next batch starts first, so the
// writer does not wait for this batch to be told.
//
// The callers of the last batch are about to come back when it was a shared
// one; letting them queue up first makes this batch bigger.
func (w *writer) lead(u *unit) {
	if w.size > 1 {
		runtime.Gosched()
	}
	batch := w.collect(u)
	w.size = len(batch)
	if batch == nil {
		w.guard(func() { w.runAlone(u) }, u)
		tellCommitted(u)
		w.changed(1)
		w.release()
		return
	}
	w.guard(func() { w.runBatch(batch) }, batch...)
	tellCommitted(batch...)
	w.changed(len(batch))
	w.release()
	for _, b := range batch[1:] {
		b.wake <- signalDone
	}
}

// guard runs fn and turns a panic of the library into the error of all units,
// so that nobody waits for a holder that is gone.
func (w *writer) guard(fn func(), batch ...*unit) {
	defer func() {
		if p := recover(); p != nil {
			for _, u := range batch {
				u.err = fmt.Errorf("write to database: panic: %v", p)
			}
		}
	}()
	fn()
}

// close waits for the writer to be free and refuses everything after that. It
// reports false if it was closed already.
func (w *writer) close() bool {
	if err := w.acquire(context.Background()); err != nil {
		return false
	}
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.drain()
	return true
}

// drain refuses the units that queued up before close.
func (w *writer) drain() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for u := w.pop(); u != nil; u = w.pop() {
		u.err = db.ErrClosed
		u.wake <- signalDone
	}
}
