package jsvm

import (
	"container/heap"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/dop251/goja"
)

const (
	// maxTimers bounds the timers of one call.
	maxTimers = 10_000
	// maxOutstanding bounds the work in the background of one call.
	maxOutstanding = 256
)

// errNeverSettles is what an async handler fails with whose promise nothing can
// settle any more.
var errNeverSettles = errors.New("the promise of an async function can never settle: it waits for nothing that is still to come")

// loop is what a call of a script waits on: timers, and work that goroutines do
// for it meanwhile. A call gets one when it first needs one, and it ends with the
// call: timers are dropped and the work is cancelled. Everything but post and
// wake is for the goroutine of the call.
type loop struct {
	env    *environment
	ctx    context.Context //nolint:containedctx // ends with the call
	cancel context.CancelFunc

	timers timerQueue
	byID   map[int64]*timer
	lastID int64
	// outstanding counts work whose result has not been taken yet.
	outstanding int

	mu      sync.Mutex
	results []func() error
	ended   bool
	// woken is full when there is something to look at.
	woken chan struct{}
}

// timer is one entry of the queue. With a period it comes back.
type timer struct {
	id     int64
	due    time.Time
	period time.Duration
	fn     goja.Callable
	args   []goja.Value
	// index is the place in the queue, negative once it has left it.
	index int
}

// loop returns the event loop of the running call.
func (env *environment) loop() *loop {
	m := env.machine
	if l := m.loop.Load(); l != nil {
		return l
	}
	l := &loop{env: env, byID: map[int64]*timer{}, woken: make(chan struct{}, 1)}
	l.ctx, l.cancel = context.WithCancel(env.context())
	m.loop.Store(l)
	return l
}

// end cancels what is left. Results that arrive later are dropped.
func (l *loop) end() {
	l.mu.Lock()
	l.ended = true
	l.results = nil
	l.mu.Unlock()
	l.cancel()
}

// start runs work beside the script. What it returns is called on the loop. The
// context of the work ends with the call.
func (l *loop) start(work func(ctx context.Context) func() error) error {
	if l.outstanding >= maxOutstanding {
		return errors.New("too many operations at the same time")
	}
	l.outstanding++
	go func() { l.post(contained(l.ctx, work)) }()
	return nil
}

// contained runs work and turns a panic of it into an error of the call: beside
// the script nobody else would recover it.
func contained(ctx context.Context, work func(ctx context.Context) func() error) (result func() error) {
	defer func() {
		if p := recover(); p != nil {
			err := fmt.Errorf("panic beside a script: %v\n%s", p, debug.Stack())
			result = func() error { return err }
		}
	}()
	return work(ctx)
}

// post hands over the result of work.
func (l *loop) post(result func() error) {
	l.mu.Lock()
	if !l.ended {
		l.results = append(l.results, result)
	}
	l.mu.Unlock()
	l.wake()
}

// wake ends a wait. Safe for concurrent use.
func (l *loop) wake() {
	select {
	case l.woken <- struct{}{}:
	default:
	}
}

// add starts a timer and returns its id.
func (l *loop) add(fn goja.Callable, args []goja.Value, after time.Duration, repeat bool) (int64, error) {
	if len(l.timers) >= maxTimers {
		return 0, errors.New("too many timers")
	}
	l.lastID++
	t := &timer{id: l.lastID, due: time.Now().Add(after), fn: fn, args: args}
	if repeat {
		t.period = max(after, time.Millisecond)
	}
	l.byID[t.id] = t
	heap.Push(&l.timers, t)
	return t.id, nil
}

// remove stops a timer; unknown ids are ignored.
func (l *loop) remove(id int64) {
	t, ok := l.byID[id]
	if !ok {
		return
	}
	delete(l.byID, id)
	if t.index >= 0 {
		heap.Remove(&l.timers, t.index)
	}
}

// isIdle reports whether nothing is left that could still happen.
func (l *loop) isIdle() bool { return l.outstanding == 0 && len(l.timers) == 0 }

// turn runs everything that is ready; when nothing is, it waits for it first.
// The error is one that no script caught, or tells why the call must end.
func (l *loop) turn() error {
	ran, err := l.takeResults()
	if err != nil {
		return err
	}
	fired, err := l.fire()
	if err != nil || ran || fired {
		return err
	}
	return l.wait()
}

func (l *loop) takeResults() (ran bool, err error) {
	l.mu.Lock()
	results := l.results
	l.results = nil
	l.mu.Unlock()
	for _, result := range results {
		l.outstanding--
		if err := result(); err != nil {
			return true, l.env.caught(err)
		}
	}
	return len(results) > 0, nil
}

// fire runs the timers that are due now. Those that they start wait for their turn.
func (l *loop) fire() (fired bool, err error) {
	now, newest := time.Now(), l.lastID
	for len(l.timers) > 0 && !l.timers[0].due.After(now) && l.timers[0].id <= newest {
		t := l.timers[0]
		if t.period > 0 {
			t.due = now.Add(t.period)
			heap.Fix(&l.timers, 0)
		} else {
			heap.Pop(&l.timers)
			delete(l.byID, t.id)
		}
		fired = true
		if _, err := t.fn(goja.Undefined(), t.args...); err != nil {
			return true, l.env.caught(err)
		}
	}
	return fired, nil
}

func (l *loop) wait() error {
	if err := l.stopped(); err != nil {
		return err
	}
	var due <-chan time.Time
	if len(l.timers) > 0 {
		clock := time.NewTimer(time.Until(l.timers[0].due))
		defer clock.Stop()
		due = clock.C
	}
	select {
	case <-l.woken:
	case <-due:
	case <-l.ctx.Done():
	}
	return l.stopped()
}

// emptyProgram does nothing: an interrupted runtime fails to run it, with the
// reason of the interrupt.
var emptyProgram = goja.MustCompile("", "", false)

// stopped returns why the call must end, if it must.
func (l *loop) stopped() error {
	if l.env.machine.state.Load() == machineInterrupted {
		_, err := l.env.vm.RunProgram(emptyProgram)
		return l.env.caught(err)
	}
	return l.ctx.Err()
}

// settled waits for the promise of an async function: the result is what it was
// resolved with, the error what it was rejected with. Other values are results
// themselves.
func (env *environment) settled(v goja.Value) (goja.Value, error) {
	promise := promiseOf(v)
	if promise == nil {
		return v, nil
	}
	if err := env.await(promise); err != nil {
		return nil, err
	}
	return env.outcomeOf(promise)
}

// await runs the loop until the promise is settled. Its reactions run as they
// become ready, so a call without timers and work in the background needs no loop.
func (env *environment) await(promise *goja.Promise) error {
	for promise.State() == goja.PromiseStatePending {
		l := env.machine.loop.Load()
		if l == nil || l.isIdle() {
			return errNeverSettles
		}
		if err := l.turn(); err != nil {
			return err
		}
	}
	return nil
}

func (env *environment) outcomeOf(promise *goja.Promise) (goja.Value, error) {
	if promise.State() == goja.PromiseStateRejected {
		delete(env.rejections, promise)
		return nil, env.rejected(promise.Result())
	}
	return promise.Result(), nil
}

// settledNow is settled for calls within a call, where nothing can be waited for.
func (env *environment) settledNow(v goja.Value) (goja.Value, error) {
	promise := promiseOf(v)
	if promise == nil {
		return v, nil
	}
	if promise.State() == goja.PromiseStatePending {
		return nil, errors.New("an async function that waits cannot be used here: the caller needs its result at once")
	}
	return env.outcomeOf(promise)
}

func promiseOf(v goja.Value) *goja.Promise {
	obj, ok := v.(*goja.Object)
	if !ok || obj.ExportType() != promiseType {
		return nil
	}
	promise, _ := obj.Export().(*goja.Promise)
	return promise
}

// trackRejections keeps note of rejected promises that nobody handles.
func (env *environment) trackRejections() {
	env.vm.SetPromiseRejectionTracker(func(p *goja.Promise, operation goja.PromiseRejectionOperation) {
		if operation == goja.PromiseRejectionHandle {
			delete(env.rejections, p)
			return
		}
		if env.rejections == nil {
			env.rejections = map[*goja.Promise]struct{}{}
		}
		if len(env.rejections) < maxTimers {
			env.rejections[p] = struct{}{}
		}
	})
}

// reportRejections logs the errors of promises that the call left unhandled.
func (env *environment) reportRejections() {
	left := env.rejections
	env.rejections = nil
	for p := range left {
		err := env.machine.protect(func() error { return env.rejected(p.Result()) })
		env.logger().Error("script: unhandled rejection: "+err.Error(), "error", err.Error())
	}
}

// timerQueue is a heap of timers, the one that is due first on top; of equal
// ones the older.
type timerQueue []*timer

func (q timerQueue) Len() int { return len(q) }

func (q timerQueue) Less(i, j int) bool {
	if q[i].due.Equal(q[j].due) {
		return q[i].id < q[j].id
	}
	return q[i].due.Before(q[j].due)
}

func (q timerQueue) Swap(i, j int) {
	q[i], q[j] = q[j], q[i]
	q[i].index, q[j].index = i, j
}

// Push implements heap.Interface.
func (q *timerQueue) Push(x any) {
	t := x.(*timer)
	t.index = len(*q)
	*q = append(*q, t)
}

// Pop implements heap.Interface.
func (q *timerQueue) Pop() any {
	last := len(*q) - 1
	t := (*q)[last]
	(*q)[last] = nil
	*q = (*q)[:last]
	t.index = -1
	return t
}
