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
	// defaultScriptMemory is how much the heap may grow while scripts run
	// before the one that has run longest is stopped. Chains of prototypes that
	// fit into it must fit into maxGoStack.
	defaultScriptMemory = 512 << 20
	// peekEvery is how often the heap is looked at while it grows.
	peekEvery = 10 * time.Millisecond
	// spareTicks is how long the memory of a stopped script may take to be free.
	spareTicks = 10
	// lowWindow is for how many ticks the smallest size of the heap is
	// remembered; growth is counted from it.
	lowWindow = 200
	// maxGoStack bounds the stack of a goroutine. The engine follows chains of
	// prototypes, proxies, bound functions and generators by recursion in Go, so
	// a stack is needed for whatever fits into the memory of scripts: running out
	// of stack would end the process. It is the most that Go allows.
	maxGoStack = 2 << 30
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
	env.guardListTexts()
	env.guardErrorTexts()
}

// wallBudget returns the time limit of a call as a whole in ticks of the
// watchdog, at least as much as it has for script code. Migrations and calls
// without a time limit have none.
func (env *environment) wallBudget(script int32) int32 {
	if env.isMigration() || script >= endlessBudget {
		return 0
	}
	return max(script, int32(min(env.cfg.callTime()/tickEvery, 1<<30))+1)
}

// callTime returns the time limit of a call as a whole.
func (cfg Config) callTime() time.Duration {
	if cfg.CallTimeout <= 0 {
		return defaultCallTime
	}
	return cfg.CallTimeout
}

// budget returns the time limit of a call in ticks of the watchdog.
func (cfg Config) budget(limit time.Duration) int32 {
	if limit <= 0 {
		limit = cfg.ScriptTimeout
	}
	if limit <= 0 {
		limit = defaultScriptTime
	}
	return int32(min(limit/tickEvery, 1<<30)) + 1
}

// watchdog interrupts scripts that run for too long. One timer serves all
// machines; it rests while none is busy. Safe for concurrent use.
type watchdog struct {
	awake atomic.Bool
	// heapLimit is the growth of the heap, in bytes, at which a script is stopped.
	heapLimit uint64
	// collecting is set while garbage is being collected because the heap is
	// too large, collected once it has been.
	collecting, collected atomic.Bool

	mu sync.Mutex
	// low is the least that was in use in the current window, before that of the
	// one before, samples counts the ticks of the window.
	low, before uint64
	samples     int
	// grows tells that a good part of what scripts may use is in use, peeks counts
	// the looks at the heap since the last tick.
	grows bool
	peeks int
	// spared is for how many ticks no script is stopped for its memory.
	spared   int
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

// heldBy counts the machines whose calls a goroutine is running.
func (w *watchdog) heldBy(owner uintptr) (n int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for m := range w.machines {
		if m.owner.Load() == owner {
			n++
		}
	}
	return n
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
	busy := false
	w.peeks = 0
	var longest *machine
	for m := range w.machines {
		state := m.state.Load()
		if state == machineIdle {
			continue
		}
		busy = true
		m.tick()
		if state == machineRunning && (longest == nil || m.wall.Load() > longest.wall.Load()) {
			longest = m
		}
	}
	switch {
	case !busy:
		w.low, w.before = 0, 0 // what grows while no script runs is not theirs
	default:
		w.stopFor(longest)
	}
	w.mu.Unlock()
	if busy {
		w.wake()
	}
}

// stopFor stops a script if the heap has grown too much. While it grows fast it is
// looked at more often: a text that doubles takes only a few steps.
func (w *watchdog) stopFor(longest *machine) {
	switch {
	case !w.isFull():
		if w.grows && w.peeks < int(tickEvery/peekEvery)-1 {
			w.peeks++
			time.AfterFunc(peekEvery, w.peek)
		}
	case longest != nil && longest.wall.Load() > 0:
		longest.interrupt(errScriptMemory)
		w.spared = spareTicks // the others, until its memory is free
		w.collect()
	}
}

// peek looks at the heap between two ticks.
func (w *watchdog) peek() {
	w.mu.Lock()
	defer w.mu.Unlock()
	var longest *machine
	for m := range w.machines {
		if m.state.Load() == machineRunning && (longest == nil || m.wall.Load() > longest.wall.Load()) {
			longest = m
		}
	}
	if longest != nil {
		w.stopFor(longest)
	}
}

// isFull reports whether the heap has grown too much. Growth that is garbage does
// not count, as long as there is not far too much of it.
func (w *watchdog) isFull() bool {
	size, live := heapSize()
	floor := w.floor(live)
	hard := 2*floor + w.heapLimit + w.heapLimit/2
	w.grows = size > floor+w.heapLimit/4
	if w.spared > 0 {
		w.spared--
		hard += 2 * w.heapLimit
	}
	switch {
	case size <= floor+w.heapLimit:
		w.collected.Store(false)
		w.spared = 0
		return false
	case size > hard:
		return true
	case w.collected.Swap(false) && w.spared == 0 && live > floor+w.heapLimit:
		return true
	}
	w.collect()
	return false
}

// collect collects garbage in the background.
func (w *watchdog) collect() {
	if !w.collecting.CompareAndSwap(false, true) {
		return
	}
	go func() {
		runtime.GC()
		w.collected.Store(true)
		w.collecting.Store(false)
	}()
}

// floor returns the least that was in use lately.
func (w *watchdog) floor(live uint64) uint64 {
	if w.samples++; w.samples > lowWindow || w.low == 0 {
		w.samples, w.before, w.low = 0, w.low, live
	}
	w.low = min(w.low, live)
	if w.before == 0 {
		return w.low
	}
	return min(w.low, w.before)
}

// heapSize returns the bytes of all objects that have not been collected, and of
// those that the last collection found in use.
func heapSize() (size, live uint64) {
	samples := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(samples)
	return samples[0].Value.Uint64(), samples[1].Value.Uint64()
}
