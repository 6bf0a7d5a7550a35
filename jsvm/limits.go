package jsvm

import (
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"github.com/dlclark/regexp2/v2"
)

const (
	// tickEvery is the resolution of script time limits.
	tickEvery = 50 * time.Millisecond
	// defaultScriptTime is how long one call may run script code. Time in Go
	// code, such as queries, mails and requests, does not count.
	defaultScriptTime = 10 * time.Second
	// maxCallDepth bounds the recursion of scripts.
	maxCallDepth = 4096
	// maxArrayLength bounds Go slices that scripts grow.
	maxArrayLength = 1 << 24
	// defaultScriptMemory is how large the heap may grow while scripts run
	// before the one that has run longest is stopped.
	defaultScriptMemory = 1 << 30
	// regexpTime bounds one regular expression match; it cannot be interrupted.
	regexpTime = 5 * time.Second
)

var setRegexpTime = sync.OnceFunc(func() { regexp2.DefaultMatchTimeout = regexpTime })

// limit sets the bounds of a new runtime.
func (env *environment) limit() {
	setRegexpTime()
	env.vm.SetMaxCallStackSize(maxCallDepth)
	env.guardBuiltIns()
}

// budget returns the time limit of a call in ticks of the watchdog.
func (cfg Config) budget(limit time.Duration) int32 {
	if limit <= 0 {
		limit = cfg.ScriptTimeout
	}
	if limit <= 0 {
		limit = defaultScriptTime
	}
	return int32(min(limit/tickEvery, 1<<30)) + 1 //nolint:gosec // bounded
}

// watchdog interrupts scripts that run for too long. One timer serves all
// machines; it rests while none is busy. Safe for concurrent use.
type watchdog struct {
	awake atomic.Bool
	// heapLimit is the size of the heap, in bytes, at which a script is stopped.
	heapLimit uint64

	mu       sync.Mutex
	machines map[*machine]struct{}
}

func newWatchdog() *watchdog {
	return &watchdog{machines: map[*machine]struct{}{}, heapLimit: defaultScriptMemory}
}

func (w *watchdog) add(m *machine) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.machines[m] = struct{}{}
	m.watch = w
}

func (w *watchdog) remove(m *machine) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.machines, m)
}

// wake makes sure that the machines are being watched. It is called when one
// has become busy.
func (w *watchdog) wake() {
	if !w.awake.Load() && w.awake.CompareAndSwap(false, true) {
		time.AfterFunc(tickEvery, w.tick)
	}
}

// tick looks at all machines and goes on as long as one is busy.
func (w *watchdog) tick() {
	w.awake.Store(false) // a call that begins from here on wakes again
	w.mu.Lock()
	var longest *machine
	for m := range w.machines {
		if m.state.Load() == machineIdle {
			continue
		}
		m.tick()
		if longest == nil || m.ticks.Load() > longest.ticks.Load() {
			longest = m
		}
	}
	busy := longest != nil
	if busy && longest.ticks.Load() > 1 && heapSize() > w.heapLimit {
		longest.interrupt(errScriptMemory)
	}
	w.mu.Unlock()
	if busy {
		w.wake()
	}
}

// heapSize returns the bytes of live and not yet collected objects.
func heapSize() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
