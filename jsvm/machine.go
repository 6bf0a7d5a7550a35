package jsvm

import (
	"context"
	"sync/atomic"
	"time"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/internal/goroutine"
)

// callbackWait bounds how long a callback waits for a runtime that works on
// something else.
const callbackWait = 10 * time.Second

// machine lets one goroutine at a time run a runtime and watches the time that
// its scripts take.
type machine struct {
	env *environment
	// free is full while somebody runs the runtime.
	free chan struct{}
	// owner is the goroutine of the running call, else 0.
	owner atomic.Uintptr

	// loop is the event loop of the running call, if it needed one.
	loop atomic.Pointer[loop]

	watch *watchdog
	// What follows is read by the watchdog.
	state  atomic.Uint32
	ticks  atomic.Int32
	native atomic.Int32
	budget atomic.Int32
	// wall counts the ticks of the whole call; wallBudget is their limit or 0.
	wall, wallBudget atomic.Int32
	// cancel ends the context of the running call, once it has one.
	cancel atomic.Pointer[context.CancelFunc]

	// cause is why the running call was interrupted.
	cause atomic.Pointer[error]

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
	m.owner.Store(goroutine.Self())
	m.ticks.Store(0)
	m.budget.Store(budget)
	m.wall.Store(0)
	m.wallBudget.Store(m.env.wallBudget(budget))
	m.env.ctx = ctx
	m.state.Store(machineRunning)
	m.watch.wake()
}

// end finishes a call. What the call wrapped is let go.
func (m *machine) end() {
	if len(m.env.rejections) > 0 {
		m.env.reportRejections()
	}
	if l := m.loop.Load(); l != nil {
		m.loop.Store(nil)
		l.end()
	}
	if !m.broken {
		m.broken = m.isTampered()
	}
	if !m.state.CompareAndSwap(machineRunning, machineIdle) {
		m.broken = true                         // interrupted, perhaps only just
		if m.interrupted() == errScriptMemory { //nolint:errorlint // it is set as it is
			defer m.watch.collect() // now that its memory is not in use
		}
		m.env.vm.ClearInterrupt()
		m.state.Store(machineIdle)
	}
	if cancel := m.cancel.Load(); cancel != nil {
		m.cancel.Store(nil)
		(*cancel)()
	}
	m.owner.Store(0)
	m.env.ctx, m.env.callCtx, m.env.printed = nil, nil, core.Printed{}
	if len(m.env.wrapped) > 0 {
		clear(m.env.wrapped)
	}
	clear(m.env.collections)
	if len(m.env.orders) > 0 {
		clear(m.env.orders)
	}
	if len(m.env.adopted) > 0 {
		clear(m.env.adopted)
	}
}

// tick is called by the watchdog. It interrupts a script that has used up its
// budget, for which time spent in Go code does not count, and one whose call as
// a whole takes too long.
func (m *machine) tick() {
	if m.state.Load() != machineRunning {
		return
	}
	budget := m.env.ticksOf(m.budget.Load())
	if limit := m.wallBudget.Load(); m.wall.Add(1) > max(limit, budget) && limit > 0 {
		m.interrupt(errScriptTime)
		return
	}
	if m.native.Load() == 0 && m.ticks.Add(1) > budget {
		m.interrupt(errScriptTime)
	}
}

// interrupt stops the running script; its call fails with the error.
func (m *machine) interrupt(cause error) {
	if m.state.CompareAndSwap(machineRunning, machineInterrupted) {
		m.cause.Store(&cause)
		m.env.vm.Interrupt(cause)
		if l := m.loop.Load(); l != nil {
			l.wake()
		}
		if cancel := m.cancel.Load(); cancel != nil {
			(*cancel)()
		}
	}
}

// isTampered reports whether the call changed built-in objects. Looking may run
// script code, for which the limits of the call hold.
func (m *machine) isTampered() bool {
	if m.env.isUnwatched() {
		return false
	}
	tampered := true
	err := m.protect(func() error { tampered = m.env.isTampered(); return nil })
	return tampered || err != nil
}

// pause stops the clock of the call as a whole while others work for it, until
// the returned function is called.
func (m *machine) pause() (resume func()) {
	limit := m.wallBudget.Swap(0)
	passed := m.wall.Load()
	return func() {
		m.wall.Store(passed)
		m.wallBudget.Store(limit)
	}
}

// interrupted returns why the running call was interrupted, nil if it was not.
func (m *machine) interrupted() error {
	if m.state.Load() != machineInterrupted {
		return nil
	}
	if cause := m.cause.Load(); cause != nil {
		return *cause
	}
	return errScriptTime
}

// checkpoint ends the running call if it was interrupted. Built-in functions that
// may run for long call it, since the engine does not look while it is in them.
func (env *environment) checkpoint() {
	if env.machine.state.Load() != machineInterrupted {
		return
	}
	if _, err := env.vm.RunProgram(emptyProgram); err != nil {
		panic(err)
	}
}

// running reports whether the caller is part of a running call.
func (env *environment) running() bool { return env.machine.owner.Load() == goroutine.Self() }

// fail marks the runtime as not to be used again.
func (env *environment) fail() { env.machine.broken = true }

// enterGo and leaveGo surround Go code that a script calls.
func (env *environment) enterGo() { env.machine.native.Add(1) }
func (env *environment) leaveGo() { env.machine.native.Add(-1) }

// enter runs script code for a callback. On the goroutine of the running call it
// runs at once, otherwise as a call of its own with a time limit in ticks. The
// function learns which of both.
func (env *environment) enter(budget int32, fn func(nested bool) error) error {
	m := env.machine
	if m.owner.Load() == goroutine.Self() {
		before := m.native.Swap(0)
		defer m.native.Store(before)
		return fn(true)
	}
	if err := m.take(callbackWait); err != nil {
		return err
	}
	defer m.release()
	m.begin(context.Background(), budget)
	defer m.end()
	return fn(false)
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
		return &stopError{cause: errBusy}
	}
}

func (m *machine) release() { <-m.free }
