package jsvm

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/tackleboxdev/tacklebox/internal/goroutine"
)

const (
	// patience is for how long the queue may stand still before a call that waits
	// in it gets a runtime beyond the pool. The running calls may be waiting for
	// this very call. A call that was refused asks again, at last every maxPatience.
	patience    = 2 * time.Millisecond
	maxPatience = 16 * time.Millisecond
	// maxExtra bounds the runtimes beyond the pool; more calls queue.
	maxExtra = 64
	// innerExtra is how many more there may be for calls within others, so that
	// calls that came later do not keep those from ending.
	innerExtra = 32
	// maxCircle bounds how many calls may be within each other, as when a hook
	// saves a record for which hooks run.
	maxCircle = 32
	// queueShare is the part of the time for a call as a whole that it may queue
	// for. A route that asks itself is refused by it before the calls that wait for
	// it end and make room for more.
	queueShare = 6
)

// pool hands out the runtimes of a generation. They are built when they are
// first needed, up to the size of the pool. When all are busy calls queue; when
// the queue does not move a bounded number of extra ones is built, one at a time,
// which are thrown away once no call queues. With a size of 0 all are extra ones
// that are used once. Safe for concurrent use.
type pool struct {
	size int
	// queueWait bounds how long a call queues.
	queueWait time.Duration
	build     func() (*machine, error)
	watch     *watchdog // shared with the loader

	mu     sync.Mutex
	idle   []*machine
	pooled int // built and not broken, idle or busy
	extra  int // busy extra ones
	// building tells that an extra one is being built for a call that is not
	// within another.
	building bool
	// inner and outer are the calls that queue: those within others come first,
	// since they hold a machine meanwhile.
	inner, outer []*waiter
	// moves counts the calls that left the queue with what another released.
	moves  int
	closed bool
}

// waiter is a call that queues.
type waiter struct {
	turn    chan turn
	isInner bool
	// moves is how far the queue had moved when the call last looked.
	moves int
}

// turn is what a call in the queue gets: a machine, or the right to build one.
type turn struct {
	machine    *machine
	disposable bool
}

func newPool(cfg Config, watch *watchdog, build func() (*machine, error)) *pool {
	return &pool{size: cfg.HooksPoolSize, queueWait: cfg.callTime() / queueShare, build: build, watch: watch}
}

// acquire returns a machine that the caller owns until it calls release.
func (p *pool) acquire(ctx context.Context) (*machine, error) {
	p.mu.Lock()
	if p.pooled-len(p.idle)+p.extra >= maxCircle && p.watch.heldBy(goroutine.Self()) >= maxCircle {
		p.mu.Unlock()
		return nil, &stopError{cause: errScriptCircle}
	}
	if n := len(p.idle); n > 0 {
		m := p.idle[n-1]
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return p.start(m)
	}
	if p.pooled < p.size {
		p.pooled++
		p.mu.Unlock()
		return p.create(false)
	}
	if p.size == 0 && p.extra < maxExtra {
		p.extra++
		p.mu.Unlock()
		return p.create(true)
	}
	w := p.enqueue()
	p.mu.Unlock()
	return p.wait(ctx, w)
}

// enqueue, dequeue and next need the lock.
func (p *pool) enqueue() *waiter {
	w := &waiter{turn: make(chan turn, 1), isInner: p.watch.heldBy(goroutine.Self()) > 0, moves: p.moves}
	queue := p.queueOf(w)
	*queue = append(*queue, w)
	return w
}

func (p *pool) queueOf(w *waiter) *[]*waiter {
	if w.isInner {
		return &p.inner
	}
	return &p.outer
}

// dequeue reports whether the call was still in the queue.
func (p *pool) dequeue(w *waiter) bool {
	queue := p.queueOf(w)
	i := slices.Index(*queue, w)
	if i < 0 {
		return false
	}
	*queue = slices.Delete(*queue, i, i+1)
	return true
}

// next takes the first call out of the queue, nil when there is none.
func (p *pool) next() *waiter {
	for _, queue := range []*[]*waiter{&p.inner, &p.outer} {
		if len(*queue) > 0 {
			w := (*queue)[0]
			*queue = (*queue)[1:]
			p.moves++
			return w
		}
	}
	return nil
}

// wait queues for a released machine, or for an extra one.
func (p *pool) wait(ctx context.Context, w *waiter) (*machine, error) {
	began, pause := time.Now(), patience
	timer := time.NewTimer(pause)
	defer timer.Stop()
	for {
		select {
		case t := <-w.turn:
			return p.take(t)
		case <-ctx.Done():
			return p.leave(w, ctx.Err())
		case <-timer.C:
		}
		if p.takeExtra(w) {
			return p.createExtra(w)
		}
		if time.Since(began) >= p.queueWait {
			return p.leave(w, &stopError{cause: errBusy})
		}
		pause = min(2*pause, maxPatience)
		timer.Reset(pause)
	}
}

// take makes use of a turn.
func (p *pool) take(t turn) (*machine, error) {
	if t.machine == nil {
		return p.create(t.disposable)
	}
	return p.start(t.machine)
}

// takeExtra leaves the queue for an extra machine if the queue has not moved
// since the call last asked, and one may be built.
func (p *pool) takeExtra(w *waiter) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.moves != w.moves {
		w.moves = p.moves
		return false
	}
	if w.isInner {
		if p.extra >= maxExtra+innerExtra || !p.dequeue(w) {
			return false
		}
	} else {
		if p.extra >= maxExtra || p.building || !p.dequeue(w) {
			return false
		}
		p.building = true
	}
	p.extra++
	return true
}

func (p *pool) createExtra(w *waiter) (*machine, error) {
	if !w.isInner {
		defer func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.building = false
		}()
	}
	return p.create(true)
}

// leave leaves the queue without a machine, unless one has just arrived.
func (p *pool) leave(w *waiter, err error) (*machine, error) {
	p.mu.Lock()
	waiting := p.dequeue(w)
	p.mu.Unlock()
	if waiting {
		return nil, err
	}
	return p.take(<-w.turn)
}

func (p *pool) create(disposable bool) (*machine, error) {
	m, err := p.build()
	if err != nil {
		p.mu.Lock()
		p.forget(disposable)
		p.mu.Unlock()
		return nil, err
	}
	m.disposable = disposable
	p.watch.add(m)
	return p.start(m)
}

func (p *pool) start(m *machine) (*machine, error) {
	if err := m.take(callbackWait); err != nil { // a callback may be running
		p.release(m)
		return nil, err
	}
	return m, nil
}

// done gives back a machine after a call.
func (p *pool) done(m *machine) {
	m.release()
	p.release(m)
}

func (p *pool) release(m *machine) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var first *waiter
	if !p.closed {
		first = p.next()
	}
	switch {
	case m.broken || p.closed || m.disposable && (first == nil || p.size == 0):
		p.watch.remove(m)
		if first == nil {
			p.forget(m.disposable)
			return
		}
		first.turn <- turn{disposable: m.disposable} // to build one in its place
	case first != nil:
		first.turn <- turn{machine: m}
	default:
		p.idle = append(p.idle, m)
	}
}

func (p *pool) forget(disposable bool) {
	if disposable {
		p.extra--
		return
	}
	p.pooled--
}

// close lets go of idle machines now and of busy ones as they are released.
func (p *pool) close() {
	p.mu.Lock()
	p.closed = true
	idle := p.idle
	p.idle = nil
	p.pooled -= len(idle)
	p.mu.Unlock()
	for _, m := range idle {
		p.watch.remove(m)
	}
}
