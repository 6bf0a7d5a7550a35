package jsvm

import (
	"context"
	"errors"
	"fmt"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
)

// handlerKind tells what a handler was registered for.
type handlerKind string

const (
	hookHandler       handlerKind = "hook"
	routeHandler      handlerKind = "route"
	middlewareHandler handlerKind = "middleware"
	cronHandler       handlerKind = "cron"
)

// handler is a script function that a generation runs in its pool. It is either
// the text of the function, compiled on its own, or a closure of its file.
type handler struct {
	gen *generation
	// index is the position among the handlers of the generation.
	index  int
	kind   handlerKind
	script *script
	// name is the file and line that the handler is listed by.
	name string
	// what is the route or job that the handler is for: "route GET /x".
	what string
	// program yields the function of a handler that stands alone.
	program *goja.Program
	// key finds the closure of one that does not.
	key handlerKey
	// budget is the time limit in ticks.
	budget int32
}

// handlerKey identifies a handler within its file: what it was registered for,
// its text, and how many of the same came before.
type handlerKey struct {
	kind handlerKind
	hash uint64
	nth  int
}

// source returns where the handler was written.
func (h *handler) source() hook.Source {
	return hook.Source{Kind: hook.Script, Name: h.name}
}

// function returns the handler's function in a runtime of the pool, which the
// caller runs.
func (h *handler) function(m *machine) (goja.Callable, error) {
	if h.index < len(m.handlers) && m.handlers[h.index] != nil {
		return m.handlers[h.index], nil
	}
	fn, err := h.resolve(m)
	if err != nil {
		return nil, err
	}
	if m.handlers == nil {
		m.handlers = make([]goja.Callable, len(h.gen.handlers))
	}
	m.handlers[h.index] = fn
	return fn, nil
}

func (h *handler) resolve(m *machine) (goja.Callable, error) {
	if h.program == nil {
		closures, err := m.replay(h.script)
		if err != nil {
			return nil, err
		}
		if fn, ok := closures.found[h.key]; ok {
			return fn, nil
		}
		return nil, fmt.Errorf("handler of %s was not registered again: the file must register the same handlers each time it runs", h.source().Name)
	}
	value, err := m.env.vm.RunProgram(h.program)
	if err != nil {
		return nil, m.env.caught(err)
	}
	fn, ok := goja.AssertFunction(value)
	if !ok {
		return nil, fmt.Errorf("handler of %s is not a function", h.source().Name)
	}
	return fn, nil
}

// run is call with a trace of the run. Those of hooks are traced by the hook.
func (h *handler) run(ctx context.Context, args func(*environment) []goja.Value, result func(*environment, goja.Value) error) error {
	if h.kind == hookHandler {
		return h.call(ctx, args, result)
	}
	return core.TraceRun(h.gen.host.app, h.event(), h.name, func() error { return h.call(ctx, args, result) })
}

// call calls the handler in a runtime of the pool. The arguments are made, and
// the result is read, while the runtime is owned.
func (h *handler) call(ctx context.Context, args func(*environment) []goja.Value, result func(*environment, goja.Value) error) error {
	m, err := h.gen.pool.acquire(ctx)
	if err != nil {
		if stop, ok := errors.AsType[*stopError](err); ok {
			err = &stopError{cause: stop.cause, place: " at " + h.name}
			h.report(err)
		}
		return err
	}
	defer h.gen.pool.done(m)
	if h.kind == routeHandler || h.kind == middlewareHandler {
		ctx = context.WithoutCancel(ctx) // work does not end half done because its client has gone
	}
	m.begin(ctx, h.budget)
	defer m.end()
	err = m.protect(func() error {
		m.env.prepare()
		fn, err := h.function(m)
		if err != nil {
			return err
		}
		value, err := fn(goja.Undefined(), args(m.env)...)
		if err != nil {
			return m.env.caught(err)
		}
		if value, err = m.env.settled(value); err != nil {
			return h.waiting(err)
		}
		return result(m.env, value)
	})
	if stop, ok := errors.AsType[*stopError](err); ok && stop.place == "" {
		stop.place = " at " + h.name
	}
	core.TracePrinted(h.gen.host.app, m.env.printed)
	h.report(err)
	return err
}

// protect turns panics that reach the edge of a runtime into errors.
func (m *machine) protect(fn func() error) (err error) {
	defer func() {
		cause := recover()
		if cause == nil {
			return
		}
		m.broken = true
		err = m.env.panicked(cause)
	}()
	return fn()
}

// waiting adds the place of the handler to what ended its wait: there is no
// running line to tell.
func (h *handler) waiting(err error) error {
	if _, thrown := errors.AsType[*scriptError](err); thrown {
		return err
	}
	return fmt.Errorf("%w, in the async handler at %s", err, h.source().Name)
}

// outcome reads the result of a hook or route handler: false stops the chain, a
// Go error object fails it, everything else is ignored.
func outcome(env *environment, v goja.Value) error {
	switch obj := v.(type) {
	case nil:
		return nil
	case *goja.Object:
		if w, ok := exported(obj).(wrapper); ok {
			if err, ok := w.goValue().(error); ok {
				return &scriptError{origin: env, value: v, cause: err, text: err.Error()}
			}
		}
	default:
		if v.StrictEquals(env.vm.ToValue(false)) {
			return hook.StopPropagation
		}
	}
	return nil
}
