package core

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// backgroundGrace bounds how long a closing app waits for its jobs.
const backgroundGrace = 10 * time.Second

// Go runs fn in the background. When the app closes, the context of fn ends
// and the app waits up to 10 seconds for fn to return. A loop therefore ends
// with its context; a job that has to be finished goes on without it. A panic
// of fn is logged.
func (a *App) Go(fn func(ctx context.Context)) { a.background.run(fn) }

// spawn is Go for functions without a context.
func (a *App) spawn(fn func()) {
	a.background.run(func(context.Context) { fn() })
}

// background owns the goroutines of an app. The zero value is ready.
type background struct {
	failed func(err error) // told about panics; set before the first use

	mu     sync.Mutex
	ctx    context.Context // of the jobs since the last drain
	cancel context.CancelFunc
	jobs   map[chan struct{}]struct{} // closed when the job is done
}

func (b *background) run(fn func(ctx context.Context)) {
	done := make(chan struct{})
	b.mu.Lock()
	if b.cancel == nil {
		b.ctx, b.cancel = context.WithCancel(context.Background())
		b.jobs = map[chan struct{}]struct{}{}
	}
	ctx := b.ctx
	b.jobs[done] = struct{}{}
	b.mu.Unlock()

	go func() {
		defer b.finish(done)
		fn(ctx)
	}()
}

func (b *background) finish(done chan struct{}) {
	if p := recover(); p != nil && b.failed != nil {
		b.failed(fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
	}
	b.mu.Lock()
	delete(b.jobs, done)
	b.mu.Unlock()
	close(done)
}

// drain ends the context of all jobs and waits for them, those included that a
// job starts meanwhile. It gives up on jobs that take too long. The owner can
// be used again afterwards.
func (b *background) drain() {
	b.mu.Lock()
	cancel := b.cancel
	b.mu.Unlock()
	if cancel == nil {
		return
	}
	cancel()
	timer := time.NewTimer(backgroundGrace)
	defer timer.Stop()
	for done := b.next(); done != nil; done = b.next() {
		select {
		case <-done:
		case <-timer.C:
			b.reset()
			return
		}
	}
}

// next returns a job that still runs. Without one the owner starts afresh.
func (b *background) next() chan struct{} {
	b.mu.Lock()
	defer b.mu.Unlock()
	for done := range b.jobs {
		return done
	}
	b.cancel = nil
	return nil
}

func (b *background) reset() {
	b.mu.Lock()
	left := len(b.jobs)
	b.cancel = nil
	b.mu.Unlock()
	if b.failed != nil {
		b.failed(fmt.Errorf("%d jobs did not stop within %s", left, backgroundGrace))
	}
}
