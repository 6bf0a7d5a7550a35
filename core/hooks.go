package core

import "github.com/tackleboxdev/tacklebox/core/hook"

//go:generate go run ../internal/gen/hooks

// HookBinding gives access to one hook without naming its event type. The
// script engine and everything else that treats all events alike loops over
// [HookBindings].
type HookBinding struct {
	// Name is the event name without "On".
	Name string
	// Tagged tells whether handlers may carry tags.
	Tagged bool
	// JS tells whether scripts have a global for the event.
	JS bool
	// Bind registers a handler that receives the event as the pointer that
	// was triggered, and returns a function that removes it again. The info
	// carries the metadata; see [hook.Info].
	Bind func(h *Hooks, info hook.Info, fn func(event any) error) (remove func())
	// Handlers describes the registered handlers in their run order.
	Handlers func(h *Hooks) []hook.Info
	// Observe sets the tracer of the hook; nil ends tracing.
	Observe func(h *Hooks, t hook.Tracer)
	// RunBackgroundWith sets what starts handlers in background mode.
	RunBackgroundWith func(h *Hooks, spawn func(func()))
}

func binding[E any](name string, tagged, js bool, get func(*Hooks) *hook.Hook[E]) HookBinding {
	return HookBinding{
		Name: name, Tagged: tagged, JS: js,
		Bind: func(h *Hooks, info hook.Info, fn func(any) error) func() {
			root := get(h)
			id := root.Bind(hook.Handler[E]{Info: info, Func: func(e E) error { return fn(e) }})
			return func() { root.Remove(id) }
		},
		Handlers:          func(h *Hooks) []hook.Info { return get(h).Handlers() },
		Observe:           func(h *Hooks, t hook.Tracer) { get(h).Observe(t) },
		RunBackgroundWith: func(h *Hooks, spawn func(func())) { get(h).RunBackgroundWith(spawn) },
	}
}

// Observe makes every hook report the runs of its handlers to the tracer.
func (h *Hooks) Observe(t hook.Tracer) {
	for _, b := range HookBindings {
		b.Observe(h, t)
	}
}
