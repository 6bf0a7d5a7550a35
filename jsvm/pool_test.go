package jsvm

import (
	"context"
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/internal/goroutine"
)

// testPool is a pool of machines that run nothing.
type testPool struct {
	*pool
	t      *testing.T
	built  atomic.Int32
	failed error
}

func newTestPool(t *testing.T, size int) *testPool {
	t.Helper()
	p := &testPool{t: t}
	p.pool = newPool(Config{HooksPoolSize: size}, newWatchdog(0), func() (*machine, error) {
		p.built.Add(1)
		return &machine{free: make(chan struct{}, 1)}, p.failed
	})
	return p
}

func (p *testPool) get() *machine {
	p.t.Helper()
	m, err := p.acquire(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	return m
}

// ask acquires a machine on a goroutine of its own, which holds one already.
func (p *testPool) ask(holds *machine) <-chan *machine {
	got := make(chan *machine, 1)
	go func() {
		if holds != nil {
			holds.owner.Store(goroutine.Self())
		}
		m, _ := p.acquire(context.Background())
		got <- m
	}()
	return got
}

// queue is ask for a call that has to queue until another releases a machine.
func (p *testPool) queue(holds *machine) <-chan *machine {
	p.t.Helper()
	p.mu.Lock()
	before := len(p.inner) + len(p.outer)
	p.mu.Unlock()
	got := p.ask(holds)
	p.until(func() bool { return len(p.inner)+len(p.outer) > before })
	return got
}

// until waits for something that is looked at with the lock.
func (p *testPool) until(done func() bool) {
	p.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); ; runtime.Gosched() {
		p.mu.Lock()
		ok := done()
		p.mu.Unlock()
		if ok {
			return
		}
		if time.Now().After(deadline) {
			p.t.Fatal("it did not happen")
		}
	}
}

// exhaust makes the pool believe that it may not build any more.
func (p *testPool) exhaust() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.extra = maxExtra + innerExtra
}

func TestPoolServesCallsWithinOthersFirst(t *testing.T) {
	t.Parallel()
	p := newTestPool(t, 2)
	p.exhaust()
	a, b := p.get(), p.get()
	outer := p.queue(nil)
	inner := p.queue(a)
	p.done(b)
	if got := <-inner; got != b {
		t.Errorf("the call within another got %p, want %p", got, b)
	}
	p.done(b)
	if got := <-outer; got != b {
		t.Errorf("the other call got %p, want %p", got, b)
	}
}

func TestPoolKeepsExtraOnesWhileCallsQueue(t *testing.T) {
	t.Parallel()
	p := newTestPool(t, 1)
	p.get()
	extra := <-p.ask(nil) // the queue stands still
	if !extra.disposable || p.built.Load() != 2 {
		t.Fatalf("disposable %v, %d built", extra.disposable, p.built.Load())
	}
	p.exhaust()
	next := p.queue(nil)
	p.done(extra)
	if got := <-next; got != extra {
		t.Errorf("got %p, want the extra one %p", got, extra)
	}
	p.done(extra)
	if len(p.idle) != 0 || p.extra != maxExtra+innerExtra-1 {
		t.Errorf("%d idle, %d extra", len(p.idle), p.extra)
	}
}

func TestPoolBuildsNoExtraOneWhileTheQueueMoves(t *testing.T) {
	t.Parallel()
	p := newTestPool(t, 1)
	p.mu.Lock()
	first, second, within := p.enqueue(), p.enqueue(), &waiter{isInner: true}
	p.inner = append(p.inner, within)
	p.mu.Unlock()
	if p.next(); p.takeExtra(first) {
		t.Error("the queue has moved")
	}
	if !p.takeExtra(first) {
		t.Error("the queue stands still")
	}
	if second.moves = p.moves; p.takeExtra(second) {
		t.Error("two are built at a time")
	}
	p.inner = append(p.inner, within)
	if within.moves = p.moves; !p.takeExtra(within) {
		t.Error("a call within another waits for one without")
	}
}

func TestPoolKeepsExtraOnesForCallsWithinOthers(t *testing.T) {
	t.Parallel()
	p := newTestPool(t, 1)
	held := p.get()
	p.mu.Lock()
	p.extra = maxExtra
	p.mu.Unlock()
	outer := p.queue(nil)
	if inner := <-p.ask(held); inner == nil || inner == held {
		t.Errorf("the call within another got %p", inner)
	}
	p.done(held)
	if got := <-outer; got != held {
		t.Errorf("the other call got %p, want %p", got, held)
	}
}

func TestPoolOfNoneGoesOnAfterManyCalls(t *testing.T) {
	t.Parallel()
	p := newTestPool(t, 0)
	var busy []*machine
	for range maxExtra {
		busy = append(busy, p.get())
	}
	next := p.queue(nil)
	p.done(busy[0])
	if got := <-next; got == nil || got == busy[0] {
		t.Errorf("got %p, want a fresh machine", got)
	}
	if p.extra != maxExtra {
		t.Errorf("%d extra ones", p.extra)
	}
}

func TestPoolReplacesBrokenOnesForTheQueue(t *testing.T) {
	t.Parallel()
	p := newTestPool(t, 1)
	p.exhaust()
	m := p.get()
	next := p.queue(nil)
	m.broken = true
	p.done(m)
	if got := <-next; got == nil || got == m || got.disposable {
		t.Errorf("got %+v", got)
	}
}

func TestPoolForgetsWhatCannotBeBuilt(t *testing.T) {
	t.Parallel()
	p := newTestPool(t, 1)
	held := p.get()
	p.failed = errors.New("no")
	if got := <-p.ask(nil); got != nil {
		t.Errorf("got %p", got)
	}
	p.until(func() bool { return p.extra == 0 && !p.building })
	p.done(held)
	if p.get() != held {
		t.Error("the machine of the pool is gone")
	}
}
