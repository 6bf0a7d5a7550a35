package sqlite

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// watch is what the wheel knows about the query that runs on a connection.
type watch struct {
	mu       sync.Mutex
	active   bool
	ctx      context.Context // it lives as long as the query
	deadline time.Time       // zero: none
	cause    error           // why the query was interrupted
}

// timeoutError is a query that ran out of its time; it also matches
// context.DeadlineExceeded, which callers that set the bound by a context know.
type timeoutError struct{ after time.Duration }

func (e *timeoutError) Error() string {
	return fmt.Sprintf("db: query interrupted after %s", e.after)
}

func (e *timeoutError) Unwrap() []error { return []error{db.ErrTimeout, context.DeadlineExceeded} }

// wheel interrupts the queries of all connections of a database that are
// overdue or no longer wanted. One goroutine looks at them in a fixed rhythm,
// so a query pays for two uncontended locks instead of a goroutine; it sleeps
// while nothing runs.
type wheel struct {
	timeout time.Duration
	tick    time.Duration

	mu    sync.Mutex
	conns map[*conn]struct{}

	parked atomic.Bool
	wake   chan struct{}
	stop   chan struct{}
	done   chan struct{}
}

func newWheel(timeout time.Duration) *wheel {
	w := &wheel{
		timeout: timeout, tick: 20 * time.Millisecond,
		conns: map[*conn]struct{}{},
		wake:  make(chan struct{}, 1), stop: make(chan struct{}), done: make(chan struct{}),
	}
	go w.run()
	return w
}

// add makes the wheel look after c.
func (w *wheel) add(c *conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.conns[c] = struct{}{}
}

// remove ends add; it has to come before the connection is closed.
func (w *wheel) remove(c *conn) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.conns, c)
}

// begin starts to watch a query on c until end.
func (w *wheel) begin(ctx context.Context, c *conn) {
	var deadline time.Time
	if w.timeout > 0 {
		deadline = time.Now().Add(w.timeout)
	}
	w.resume(ctx, c, deadline)
}

// resume is begin with a deadline of its own.
func (w *wheel) resume(ctx context.Context, c *conn, deadline time.Time) {
	c.watch.mu.Lock()
	c.watch.active, c.watch.ctx, c.watch.deadline, c.watch.cause = true, ctx, deadline, nil
	c.watch.mu.Unlock()
	if w.parked.Load() && w.parked.CompareAndSwap(true, false) {
		w.wake <- struct{}{}
	}
}

// end stops watching c.
func (w *wheel) end(c *conn) {
	c.watch.mu.Lock()
	c.watch.active, c.watch.ctx = false, nil
	c.watch.mu.Unlock()
}

// explain returns err, or the reason of the interruption if err comes from
// one.
func (w *wheel) explain(c *conn, err error) error {
	if err == nil || !isInterrupt(err) {
		return err
	}
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	if c.watch.cause != nil {
		return c.watch.cause
	}
	return err
}

// close stops the goroutine and waits for it.
func (w *wheel) close() {
	close(w.stop)
	<-w.done
}

// run is the goroutine of the wheel.
func (w *wheel) run() {
	defer close(w.done)
	tls := libc.NewTLS() // a connection's own is in use by its query
	defer tls.Close()
	ticker := time.NewTicker(w.tick)
	defer ticker.Stop()
	const restAfter = 50 // ticks without a query
	for idle := 0; ; {
		select {
		case <-w.stop:
			return
		case now := <-ticker.C:
			idle++
			if w.look(tls, now) {
				idle = 0
			}
		}
		if idle < restAfter {
			continue
		}
		ticker.Stop()
		if !w.park(tls) {
			return
		}
		ticker.Reset(w.tick)
		idle = 0
	}
}

// park waits for the next query and reports false when the wheel is to stop.
func (w *wheel) park(tls *libc.TLS) bool {
	w.parked.Store(true)
	if w.look(tls, time.Now()) && w.parked.CompareAndSwap(true, false) {
		return true // a query slipped in before it could see us park
	}
	select {
	case <-w.stop:
		return false
	case <-w.wake:
		return true
	}
}

// look interrupts what has to be and reports whether any query is running.
func (w *wheel) look(tls *libc.TLS, now time.Time) (busy bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := range w.conns {
		if w.check(tls, c, now) {
			busy = true
		}
	}
	return busy
}

// check interrupts the query of c if it is overdue or its context has ended.
// SQLite may lose an interrupt that comes too early, so it is repeated.
func (w *wheel) check(tls *libc.TLS, c *conn, now time.Time) bool {
	c.watch.mu.Lock()
	defer c.watch.mu.Unlock()
	if !c.watch.active {
		return false
	}
	switch {
	case c.watch.ctx.Err() != nil:
		c.watch.cause = c.watch.ctx.Err()
	case !c.watch.deadline.IsZero() && now.After(c.watch.deadline):
		c.watch.cause = &timeoutError{after: w.timeout}
	default:
		return true
	}
	if c.db != 0 {
		lib.Xsqlite3_interrupt(tls, c.db)
	}
	return true
}
