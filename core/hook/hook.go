// Package hook provides the one extension point of the server: a typed, ordered
// list of handlers that is run as a chain.
//
// A [Hook] is a view on a list of handlers. Views made with [Hook.Tagged] share
// the list of their root, so the order of tagged and untagged handlers is one
// order. Handlers may be added and removed at any time and from any goroutine;
// a running chain works on the snapshot that was current when it started.
package hook

import (
	"errors"
	"slices"
	"sync/atomic"
	"time"
)

// StopPropagation ends a chain without failing it: no later handler runs, the
// default action included, and the trigger reports success. Compare with
// [errors.Is].
var StopPropagation = errors.New("hook: stop propagation") //nolint:revive,staticcheck // the name is public contract

// Tagger is implemented by events that only concern some collection or table.
type Tagger interface {
	// Tags returns the names that a tagged handler may ask for.
	Tags() []string
}

// Hook is one view on the handlers of an event E.
// Create roots with [New]; the zero value is not usable.
// All methods are safe for concurrent use.
type Hook[E any] struct {
	list *list[E]
	tags []string
}

// New returns an empty hook. The name appears in traces and listings.
func New[E any](name string) *Hook[E] {
	return &Hook[E]{list: &list[E]{name: name}}
}

// Name returns the event name that the hook was created with.
func (h *Hook[E]) Name() string { return h.list.name }

// Tagged returns a view whose Add and PreAdd register handlers that run only
// for events with at least one of the tags. Without tags it is the root itself.
func (h *Hook[E]) Tagged(tags ...string) *Hook[E] {
	if len(tags) == 0 {
		return h
	}
	return &Hook[E]{list: h.list, tags: slices.Clone(tags)}
}

// Add appends a handler after all others of its kind and returns its id.
func (h *Hook[E]) Add(fn func(e E) error) (id string) {
	return h.Bind(Handler[E]{Func: fn})
}

// PreAdd puts a handler in front of every other one and returns its id.
func (h *Hook[E]) PreAdd(fn func(e E) error) (id string) {
	return h.Bind(Handler[E]{Func: fn, Info: Info{First: true}})
}

// Bind registers a handler with all its metadata and returns its id. An empty
// id is replaced by a random one; a handler with a known id replaces the old
// one in its place. Tags of the view are added to those of the handler.
func (h *Hook[E]) Bind(handler Handler[E]) (id string) {
	handler.Tags = append(slices.Clone(handler.Tags), h.tags...)
	handler.Hook = h.list.name
	if handler.Source == (Source{}) {
		handler.Source.Name = functionName(handler.Func)
	}
	return h.list.add(&entry[E]{Handler: handler})
}

// Remove drops the handler with the id. Unknown ids are ignored.
func (h *Hook[E]) Remove(id string) { h.list.remove(id) }

// RemoveAll drops every handler of the shared list: those of other views and
// built-in ones too.
func (h *Hook[E]) RemoveAll() { h.list.set(nil) }

// Len returns the number of handlers of the shared list.
func (h *Hook[E]) Len() int { return len(h.list.load()) }

// CanTriggerOn reports whether a handler added to this view would run for an
// event with the given tags.
func (h *Hook[E]) CanTriggerOn(tags []string) bool { return matches(h.tags, tags) }

// Handlers describes the registered handlers in the order in which they run.
func (h *Hook[E]) Handlers() []Info {
	handlers := h.list.load()
	infos := make([]Info, len(handlers))
	for i, handler := range handlers {
		infos[i] = handler.Info
		infos[i].Stats = handler.figures.snapshot()
	}
	return infos
}

// Observe makes the hook report every run of a handler to the tracer; nil ends
// it. Without a tracer a run costs nothing extra.
func (h *Hook[E]) Observe(t Tracer) {
	if t == nil {
		h.list.tracer.Store(nil)
		return
	}
	h.list.tracer.Store(&t)
}

// RunBackgroundWith sets the function that starts handlers whose mode is
// [Background]. Until it is set they run like blocking ones.
func (h *Hook[E]) RunBackgroundWith(spawn func(func())) { h.list.spawn.Store(&spawn) }

// Trigger runs the handlers that match the event and then the final functions,
// one after another. It returns the first error, or nil when the chain reached
// its end or was ended by [StopPropagation].
func (h *Hook[E]) Trigger(e E, final ...func(e E) error) error {
	if err := h.list.run(e); err != nil {
		return withoutStop(err)
	}
	for _, fn := range final {
		if err := fn(e); err != nil {
			return withoutStop(err)
		}
	}
	return nil
}

func withoutStop(err error) error {
	if errors.Is(err, StopPropagation) {
		return nil
	}
	return err
}

// Around is the only place that knows the order of a before/after event pair:
// before handlers, act, after handlers, respond. Each step runs only when the
// one before succeeded and did not stop the chain.
func Around[E any](e E, before *Hook[E], act func(E) error, after *Hook[E], respond func(E) error) error {
	return before.Trigger(e, func(e E) error {
		if err := act(e); err != nil {
			return err
		}
		return after.Trigger(e, respond)
	})
}

func (l *list[E]) run(e E) error {
	handlers := l.load()
	if len(handlers) == 0 {
		return nil
	}
	tags, resolved := []string(nil), false
	for _, handler := range handlers {
		if len(handler.Tags) > 0 {
			if !resolved {
				tags, resolved = tagsOf(e), true
			}
			if !matches(handler.Tags, tags) {
				continue
			}
		}
		if err := l.call(handler, e); err != nil {
			return err
		}
	}
	return nil
}

func (l *list[E]) call(handler *entry[E], e E) error {
	if handler.Mode == Background {
		if spawn := l.spawn.Load(); spawn != nil {
			// Its outcome can no longer change the chain; the tracer sees it.
			(*spawn)(func() { _ = l.invoke(handler, e) })
			return nil
		}
	}
	err := l.invoke(handler, e)
	if err != nil && handler.ErrorPolicy == ContinueOnError && !errors.Is(err, StopPropagation) {
		return nil
	}
	return err
}

func (l *list[E]) invoke(handler *entry[E], e E) error {
	tracer := l.tracer.Load()
	if tracer == nil {
		return handler.Func(e)
	}
	before := (*tracer).HandlerRuns(any(e), &handler.Info)
	start := time.Now()
	err := handler.Func(e)
	took := time.Since(start)
	handler.figures.record(took, err)
	(*tracer).HandlerRan(before, any(e), &handler.Info, took, err)
	return err
}

func tagsOf(e any) []string {
	if t, ok := e.(Tagger); ok {
		return t.Tags()
	}
	return nil
}

// matches reports whether a handler that wants some tags runs for an event that
// has others. Tags are compared as they are; an empty tag matches nothing.
func matches(want, have []string) bool {
	if len(want) == 0 {
		return true
	}
	for _, tag := range want {
		if tag != "" && slices.Contains(have, tag) {
			return true
		}
	}
	return false
}

// figures counts the traced runs of one handler.
type figures struct {
	runs, failures, nanos atomic.Int64
}

func (f *figures) record(took time.Duration, err error) {
	f.runs.Add(1)
	f.nanos.Add(int64(took))
	if err != nil && !errors.Is(err, StopPropagation) {
		f.failures.Add(1)
	}
}

func (f *figures) snapshot() Stats {
	return Stats{Runs: f.runs.Load(), Failures: f.failures.Load(), Total: time.Duration(f.nanos.Load())}
}
