package jsvm

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"
)

// errBusy is what a call gets that waited too long for a runtime.
var errBusy = errors.New("jsvm: all script runtimes are busy")

// callbackWait bounds how long a callback waits for a runtime that works on
// something else.
const callbackWait = 10 * time.Second

// machine lets one goroutine at a time run a runtime and watches the time that
// its scripts take.
type machine struct {
	env *environment
	// free is full while somebody runs the runtime.
	free chan struct{}
	// calls counts calls; callbacks remember the one that made them.
	calls atomic.Int64
	// owner is the goroutine of the running call once it matters, else 0.
	owner atomic.Int64
	// lasting is set when callbacks may be called after the call that made them,
	// so that every call must tell its goroutine.
	lasting atomic.Bool

	watch *watchdog
	// What follows is read by the watchdog.
	state  atomic.Uint32
	ticks  atomic.Int32
	native atomic.Int32
	budget atomic.Int32

	// broken machines are not used again. Set by the owner.
	broken bool
	// disposable machines are not kept after a call.
	disposable bool
	// handlers holds the functions of the generation's handlers, by their index.
	handlers []goja.Callable
	// replayed holds the closures of evaluated files, by file index.
	replayed map[int]*replay
}

const (
	machineIdle uint32 = iota
	machineRunning
	machineInterrupted
)

// begin starts a call on a machine that the caller has taken.
func (m *machine) begin(ctx context.Context, budget int32) {
	m.calls.Add(1)
	if m.lasting.Load() {
		m.owner.Store(goroutineID())
	}
	m.ticks.Store(0)
	m.budget.Store(budget)
	m.env.ctx = ctx
	m.state.Store(machineRunning)
	m.watch.wake()
}

// end finishes a call. What the call wrapped is let go.
func (m *machine) end() {
	if !m.state.CompareAndSwap(machineRunning, machineIdle) {
		m.broken = true // interrupted, perhaps only just
		m.env.vm.ClearInterrupt()
		m.state.Store(machineIdle)
	}
	m.owner.Store(0)
	m.env.ctx = nil
	if len(m.env.wrapped) > 0 {
		clear(m.env.wrapped)
	}
	if len(m.env.orders) > 0 {
		clear(m.env.orders)
	}
	if len(m.env.adopted) > 0 {
		clear(m.env.adopted)
	}
}

// tick is called by the watchdog. It interrupts a script that has used up its
// budget; time spent in Go code does not count.
func (m *machine) tick() {
	if m.state.Load() != machineRunning || m.native.Load() > 0 {
		return
	}
	if m.ticks.Add(1) > m.budget.Load() {
		m.interrupt(errScriptTime)
	}
}

// interrupt stops the running script; its call fails with the error.
func (m *machine) interrupt(cause error) {
	if m.state.CompareAndSwap(machineRunning, machineInterrupted) {
		m.env.vm.Interrupt(cause)
	}
}

// running reports whether a call is in progress.
func (env *environment) running() bool { return env.machine.state.Load() != machineIdle }

// fail marks the runtime as not to be used again.
func (env *environment) fail() { env.machine.broken = true }

// enterGo and leaveGo surround Go code that a script calls.
func (env *environment) enterGo() { env.machine.native.Add(1) }
func (env *environment) leaveGo() { env.machine.native.Add(-1) }

// claim tells which goroutine the running call is on: callbacks of the call
// that arrive on the same one are part of it.
func (env *environment) claim() int64 {
	m := env.machine
	if m.owner.Load() == 0 && env.running() {
		m.owner.Store(goroutineID())
	}
	return m.calls.Load()
}

// enter runs script code for a callback made during the call made. On the
// goroutine of the running call it runs at once, otherwise as a call of its own.
func (env *environment) enter(made int64, fn func() error) error {
	m := env.machine
	if made != m.calls.Load() {
		m.lasting.Store(true)
	}
	if owner := m.owner.Load(); owner != 0 && owner == goroutineID() {
		before := m.native.Swap(0)
		defer m.native.Store(before)
		return fn()
	}
	if err := m.take(callbackWait); err != nil {
		return err
	}
	defer m.release()
	m.begin(context.Background(), env.cfg.budget(0))
	defer m.end()
	m.owner.Store(goroutineID())
	return fn()
}

func (m *machine) take(wait time.Duration) error {
	select {
	case m.free <- struct{}{}:
		return nil
	default:
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case m.free <- struct{}{}:
		return nil
	case <-timer.C:
		return errBusy
	}
}

func (m *machine) release() { <-m.free }

// goroutineID returns the id of the running goroutine. It takes about a
// microsecond, hence the care in asking for it.
func goroutineID() int64 {
	var buf [64]byte
	n := runtime.Stack(buf[:], false)
	text := buf[len("goroutine "):n]
	for i, c := range text {
		if c == ' ' {
			id, _ := strconv.ParseInt(string(text[:i]), 10, 64)
			return id
		}
	}
	return 0
}
