package hook

import "time"

// Handler is one registered function with its metadata.
type Handler[E any] struct {
	Info

	// Func is the handler itself. Returning [StopPropagation] ends the chain
	// without an error, any other error fails it.
	Func func(e E) error
}

// Info describes a handler. It is what listings and traces show.
type Info struct {
	// ID identifies the handler within its hook.
	ID string
	// Hook is the name of the event; it is filled in by the hook.
	Hook string
	// Source tells where the handler was written.
	Source Source
	// Order sorts handlers of the same source kind; lower runs earlier, equal
	// orders run as they were registered. The default is 0.
	Order int
	// First puts the handler in front of all others, whatever their kind.
	First bool
	// Tags limits the handler to events with at least one of them.
	Tags []string
	// Timeout is the time that one run may take; 0 means the default of the
	// runner. It is enforced by whoever executes the handler, not by the hook.
	Timeout time.Duration
	// Mode tells whether the chain waits for the handler.
	Mode Mode
	// ErrorPolicy tells what an error of the handler does to the chain.
	ErrorPolicy ErrorPolicy
	// Stats holds figures of traced runs.
	Stats Stats
}

// Source tells where a handler comes from.
type Source struct {
	Kind SourceKind
	// Name is "file:line" for scripts, the id of a managed hook, and the name
	// of the function for Go code.
	Name string
	// Label is the name that the author gave the handler, or empty.
	Label string
}

// SourceKind groups handlers; groups run in the order of the constants.
type SourceKind uint8

// Handlers run in this order: Go code, script files, managed hooks, and last
// the parts of the server that must see what all others did.
const (
	Go SourceKind = iota
	Script
	Managed
	System
)

var sourceKindNames = [...]string{Go: "go", Script: "script", Managed: "managed", System: "system"}

// String returns the lower-case name of the kind.
func (k SourceKind) String() string {
	if int(k) < len(sourceKindNames) {
		return sourceKindNames[k]
	}
	return "unknown"
}

// Mode tells whether a chain waits for a handler.
type Mode uint8

const (
	// Blocking handlers are waited for; their result counts. The default.
	Blocking Mode = iota
	// Background handlers run beside the chain; their result is only traced.
	Background
)

// ErrorPolicy tells what an error does to a chain.
type ErrorPolicy uint8

const (
	// AbortOnError ends the chain with the error. The default.
	AbortOnError ErrorPolicy = iota
	// ContinueOnError traces the error and goes on.
	ContinueOnError
)

// Stats holds figures of the traced runs of a handler.
type Stats struct {
	Runs     int64
	Failures int64
	Total    time.Duration
}

// Tracer is told about every run of a handler of an observed hook, on the
// goroutine of the run. It must return quickly and must not keep the info.
type Tracer interface {
	// HandlerRuns is called right before a run. HandlerRan gets what it returns.
	HandlerRuns(event any, info *Info) (before any)
	// HandlerRan is called right after a run.
	HandlerRan(before, event any, info *Info, took time.Duration, err error)
}
