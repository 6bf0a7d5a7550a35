package jsvm

import (
	"math"
	"runtime"
	"runtime/debug"
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
	// defaultCallTime is how long one call may take as a whole, Go code included.
	defaultCallTime = 3 * time.Minute
	// defaultScriptMemory is how large the heap may grow while scripts run
	// before the one that has run longest is stopped.
	defaultScriptMemory = 1 << 30
	// maxGoStack bounds the stack of a goroutine. The engine follows chains of
	// prototypes, proxies, bound functions and generators by recursion in Go, so
	// a stack is needed for whatever fits into the memory of scripts: running out
	// of stack would end the process.
	maxGoStack = 4 << 30
)

// limitProcess sets the bounds that exist once per process: the time of one match
// of a regular expression, which cannot be interrupted, is the time limit of the
// scripts that come first, so that whoever matches for longer is stopped.
func limitProcess(cfg Config) {
	processLimits.Do(func() {
		regexp2.DefaultMatchTimeout = time.Duration(cfg.budget(0)+1) * tickEvery
		if math.MaxInt > math.MaxInt32 {
			debug.SetMaxStack(maxGoStack & math.MaxInt)
		}
	})
}

var processLimits sync.Once

// limit sets the bounds of a new runtime.
func (env *environment) limit() {
	limitProcess(env.cfg)
	env.vm.SetMaxCallStackSize(maxCallDepth)
	env.guardBuiltIns()
}

// wallBudget returns the time limit of a call as a whole in ticks of the
// watchdog, at least as much as it has for script code. Migrations and calls
// without a time limit have none.
func (env *environment) wallBudget(script int32) int32 {
	if env.isMigration() || script >= endlessBudget {
		return 0
	}
	limit := env.cfg.CallTimeout
	if limit <= 0 {
		limit = defaultCallTime
	}
	return max(script, int32(min(limit/tickEvery, 1<<30))+1) //nolint:gosec // bounded
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
	// collecting is set while garbage is being collected because the heap is
	// too large, collected once it has been since the heap was small.
	collecting, collected atomic.Bool

	mu       sync.Mutex
	machines map[*machine]struct{}
}

func newWatchdog(heapLimit uint64) *watchdog {
	if heapLimit == 0 {
		heapLimit = defaultScriptMemory
	}
	return &watchdog{machines: map[*machine]struct{}{}, heapLimit: heapLimit}
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
	if busy && longest.ticks.Load() > 1 && w.isFull() {
		longest.interrupt(errScriptMemory)
	}
	w.mu.Unlock()
	if busy {
		w.wake()
	}
}

// isFull reports whether too much memory is in use. Garbage does not count until
// there is as much of it as may be in use.
func (w *watchdog) isFull() bool {
	size := heapSize()
	if size <= w.heapLimit {
		w.collected.Store(false)
		return false
	}
	if size > 2*w.heapLimit || w.collected.Load() {
		return true
	}
	if w.collecting.CompareAndSwap(false, true) {
		go func() {
			runtime.GC()
			w.collected.Store(true)
			w.collecting.Store(false)
		}()
	}
	return false
}

// heapSize returns the bytes of live and not yet collected objects.
func heapSize() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
