package sqlite

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/tackleboxdev/tacklebox/core/db"
)

const (
	// overflowAfter is how long a read waits for a connection before the pool
	// grows past its size: a query made while another one's rows are still
	// open would otherwise wait for itself.
	overflowAfter = 30 * time.Millisecond
	overflowMax   = 64
	readerStmts   = 160
	keepIdle      = 3 * time.Minute
)

// pool lends out connections for reading, at most size of them at a time
// unless queries nest.
type pool struct {
	size int
	open func() (*conn, error)
	done func(*conn) // closes a connection

	mu      sync.Mutex
	gen     uint64 // connections of an older generation are not used again
	count   int    // open or being opened
	closed  bool
	idle    []idleConn // the last one is the most recently used
	waiting []chan *conn

	once    sync.Once
	drained chan struct{} // closed when closed and empty
}

func newPool(size int, open func() (*conn, error), done func(*conn)) *pool {
	return &pool{size: size, open: open, done: done, drained: make(chan struct{})}
}

type idleConn struct {
	c     *conn
	since time.Time
}

// get lends a connection; it has to be given back with put.
func (p *pool) get(ctx context.Context) (*conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	p.mu.Lock()
	if p.closed {
		p.mu.Unlock()
		return nil, db.ErrClosed
	}
	if n := len(p.idle); n > 0 {
		c := p.idle[n-1].c
		p.idle = p.idle[:n-1]
		p.mu.Unlock()
		return c, nil
	}
	if p.count < p.size {
		p.count++
		p.mu.Unlock()
		return p.connect()
	}
	ch := make(chan *conn, 1)
	p.waiting = append(p.waiting, ch)
	p.mu.Unlock()
	return p.wait(ctx, ch)
}

// connect opens the connection that count already contains.
func (p *pool) connect() (*conn, error) {
	p.mu.Lock()
	gen := p.gen
	p.mu.Unlock()
	c, err := p.open()
	if err != nil {
		p.mu.Lock()
		p.less(1)
		p.mu.Unlock()
		return nil, err
	}
	c.gen = gen
	return c, nil
}

// wait waits for another query to end; nil on the channel means that the pool
// was closed.
func (p *pool) wait(ctx context.Context, ch chan *conn) (*conn, error) {
	timer := time.NewTimer(overflowAfter)
	defer timer.Stop()
	overflow := timer.C
	for {
		select {
		case c := <-ch:
			if c == nil {
				return nil, db.ErrClosed
			}
			return c, nil
		case <-ctx.Done():
			if !p.leave(ch) {
				if c := <-ch; c != nil {
					p.put(c)
				}
			}
			return nil, ctx.Err()
		case <-overflow:
			overflow = nil
			if p.grow(ch) {
				return p.connect()
			}
		}
	}
}

// leave takes a waiting query out of the line and reports whether it was there.
func (p *pool) leave(ch chan *conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.drop(ch)
}

func (p *pool) drop(ch chan *conn) bool {
	for i, w := range p.waiting {
		if w == ch {
			p.waiting = append(p.waiting[:i], p.waiting[i+1:]...)
			return true
		}
	}
	return false
}

// grow lets a query that has waited long enough open one more connection.
func (p *pool) grow(ch chan *conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.count >= overflowMax || !p.drop(ch) {
		return false
	}
	p.count++
	return true
}

// put takes a connection back.
func (p *pool) put(c *conn) {
	p.mu.Lock()
	stale := p.closed || c.gen != p.gen
	switch {
	case !stale && len(p.waiting) > 0:
		ch := p.waiting[0]
		p.waiting = append(p.waiting[:0], p.waiting[1:]...)
		p.mu.Unlock()
		ch <- c
		return
	case !stale && p.count <= p.size:
		p.idle = append(p.idle, idleConn{c: c, since: time.Now()})
		p.mu.Unlock()
		return
	}
	p.less(1)
	grow := stale && !p.closed && len(p.waiting) > 0
	p.mu.Unlock()
	p.done(c)
	if grow {
		p.refill()
	}
}

// refill opens a connection for the query that has waited longest, in place
// of a stale one.
func (p *pool) refill() {
	p.mu.Lock()
	p.count++
	p.mu.Unlock()
	if c, err := p.connect(); err == nil {
		p.put(c)
	}
}

// renew makes every connection be replaced when its query ends, so that new
// statistics are seen.
func (p *pool) renew() { p.take(func(idleConn) bool { return true }, true) }

// reap closes connections that nobody has used for a while.
func (p *pool) reap(now time.Time) {
	p.take(func(ic idleConn) bool { return now.Sub(ic.since) > keepIdle }, false)
}

// take closes the idle connections that match.
func (p *pool) take(match func(idleConn) bool, renew bool) {
	p.mu.Lock()
	if renew {
		p.gen++
	}
	var out []*conn
	kept := p.idle[:0]
	for _, ic := range p.idle {
		if match(ic) {
			out = append(out, ic.c)
		} else {
			kept = append(kept, ic)
		}
	}
	clear(p.idle[len(kept):])
	p.idle = kept
	p.less(len(out))
	p.mu.Unlock()
	for _, c := range out {
		p.done(c)
	}
}

// close refuses new queries and waits up to patience for the running ones.
func (p *pool) close(patience time.Duration) error {
	p.mu.Lock()
	p.closed = true
	for _, ch := range p.waiting {
		ch <- nil
	}
	p.waiting = nil
	p.less(0)
	p.mu.Unlock()
	p.take(func(idleConn) bool { return true }, false)
	select {
	case <-p.drained:
		return nil
	case <-time.After(patience):
		return errors.New("close database: a read is still running")
	}
}

// less counts n connections out. The caller holds p.mu.
func (p *pool) less(n int) {
	p.count -= n
	if p.closed && p.count == 0 {
		p.once.Do(func() { close(p.drained) })
	}
}
