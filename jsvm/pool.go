package jsvm

import (
	"context"
	"sync"
	"time"

	"github.com/tackleboxdev/tacklebox/internal/goroutine"
)

const (
	// patience is how long a call waits for a pooled runtime before it gets one
	// beyond the pool. The running calls may be waiting for this very call.
	patience = 2 * time.Millisecond
	// maxExtra bounds the runtimes beyond the pool; more calls queue.
	maxExtra = 64
	// maxCircle bounds how many calls may be within each other, as when a hook
	// saves a record for which hooks run.
	maxCircle = 32
	// queueShare is the part of the time for a call as a whole that it may queue
	// for. A route that asks itself is refused by it before the calls that wait for
	// it end and make room for more.
	queueShare = 6
)

// pool hands out the runtimes of a generation. They are built when they are
// first needed, up to the size of the pool; when all are busy a bounded number
// of extra ones is built, used once and thrown away. With a size of 0 all are
// extra ones. Safe for concurrent use.
type pool struct {
	size int
	// queueWait bounds how long a call queues.
	queueWait time.Duration
	build     func() (*machine, error)
	watch     *watchdog // shared with the loader

	mu      sync.Mutex
	idle    []*machine
	pooled  int // built and not broken, idle or busy
	extra   int // busy extra ones
	waiters []chan *machine
	closed  bool
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
	turn := make(chan *machine, 1)
	p.waiters = append(p.waiters, turn)
	p.mu.Unlock()
	return p.wait(ctx, turn)
}

// wait queues for a released machine, at first for a short while and, when no
// extra one may be built, for long.
func (p *pool) wait(ctx context.Context, turn chan *machine) (*machine, error) {
	timer := time.NewTimer(patience)
	defer timer.Stop()
	for extraAsked := false; ; {
		select {
		case m := <-turn:
			return p.handed(m)
		case <-ctx.Done():
			return p.give(turn, ctx.Err())
		case <-timer.C:
		}
		if extraAsked {
			return p.give(turn, &stopError{cause: errBusy})
		}
		if p.takeExtra(turn) {
			return p.create(true)
		}
		extraAsked = true
		timer.Reset(p.queueWait)
	}
}

// handed starts a machine received from a releasing call; nil stands for the
// right to build one.
func (p *pool) handed(m *machine) (*machine, error) {
	if m == nil {
		return p.create(false)
	}
	return p.start(m)
}

// takeExtra leaves the queue for an extra machine, if one may be built.
func (p *pool) takeExtra(turn chan *machine) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.extra >= maxExtra || !p.dropWaiter(turn) {
		return false
	}
	p.extra++
	return true
}

// give leaves the queue without a machine, unless one has just arrived.
func (p *pool) give(turn chan *machine, err error) (*machine, error) {
	p.mu.Lock()
	waiting := p.dropWaiter(turn)
	p.mu.Unlock()
	if waiting {
		return nil, err
	}
	return p.handed(<-turn)
}

func (p *pool) dropWaiter(turn chan *machine) bool {
	for i, w := range p.waiters {
		if w == turn {
			p.waiters = append(p.waiters[:i], p.waiters[i+1:]...)
			return true
		}
	}
	return false
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
	if m.broken || m.disposable || p.closed {
		p.watch.remove(m)
		p.forget(m.disposable)
		if !m.disposable && len(p.waiters) > 0 && !p.closed {
			p.pooled++
			p.nextWaiter() <- nil
		}
		return
	}
	if len(p.waiters) > 0 {
		p.nextWaiter() <- m
		return
	}
	p.idle = append(p.idle, m)
}

func (p *pool) nextWaiter() chan *machine {
	next := p.waiters[0]
	p.waiters = p.waiters[1:]
	return next
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
