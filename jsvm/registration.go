package jsvm

import (
	"sync"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core"
)

// replay is a second evaluation of a file, in a runtime of the pool. It finds
// the closures of the handlers and has no other effect.
type replay struct {
	script *script
	seen   map[handlerKey]int
	found  map[handlerKey]goja.Callable
}

// collect takes note of a closure.
func (r *replay) collect(kind handlerKind, fn goja.Value) {
	key := handlerKey{kind: kind, hash: sourceHash(textOf(fn))}
	n := r.seen[key]
	r.seen[key]++
	key.nth = n
	if callable, ok := goja.AssertFunction(fn); ok {
		r.found[key] = callable
	}
}

// replay evaluates a file for its closures, once per runtime.
func (m *machine) replay(s *script) (*replay, error) {
	if done, ok := m.replayed[s.index]; ok {
		return done, nil
	}
	r := &replay{script: s, seen: map[handlerKey]int{}, found: map[handlerKey]goja.Callable{}}
	env := m.env
	env.replaying = r
	defer func() { env.replaying = nil }()
	env.bindRegistrations()
	defer env.unbindRegistrations()
	err := m.replayModule(s)
	env.rebase() // files may extend built-in objects, calls may not
	if err != nil && !s.failed {
		return nil, err
	}
	if m.replayed == nil {
		m.replayed = map[int]*replay{}
	}
	m.replayed[s.index] = r
	return r, nil
}

// replayModule evaluates a file for its closures. The time does not count for
// the call, unless the file is known to fail.
func (m *machine) replayModule(s *script) error {
	if !s.failed {
		budget, ticks := m.budget.Swap(m.env.cfg.loadBudget()), m.ticks.Swap(0)
		defer func() {
			m.budget.Store(budget)
			m.ticks.Store(ticks)
		}()
	}
	return m.env.runModule(s.replay, s.path)
}

// registrationGlobals are the functions that exist only while files are evaluated.
var registrationGlobals = sync.OnceValue(func() map[string]lateGlobal {
	functions := map[string]lateGlobal{
		"routerAdd": registration("routerAdd", 4, routeHandler, 2, func(l *loader, call goja.FunctionCall) error {
			return l.addRoute(textOf(call.Argument(0)), textOf(call.Argument(1)), call.Argument(2), rest(call, 3))
		}),
		"routerUse": registration("routerUse", 1, middlewareHandler, -1, func(l *loader, call goja.FunctionCall) error {
			return l.addUse(rest(call, 0))
		}),
		"routerPre": registration("routerPre", 1, middlewareHandler, -1, func(l *loader, call goja.FunctionCall) error {
			return l.addPre(rest(call, 0))
		}),
		"cronAdd": registration("cronAdd", 3, cronHandler, 2, func(l *loader, call goja.FunctionCall) error {
			return l.addCron(textOf(call.Argument(0)), textOf(call.Argument(1)), call.Argument(2), rest(call, 3))
		}),
		"cronRemove": registration("cronRemove", 1, "", -1, func(l *loader, call goja.FunctionCall) error {
			l.removeCron(textOf(call.Argument(0)))
			return nil
		}),
	}
	for _, binding := range core.HookBindings {
		if binding.JS {
			name := "on" + binding.Name
			functions[name] = registration(name, 2, hookHandler, 0, func(l *loader, call goja.FunctionCall) error {
				return l.addHook(binding, call)
			})
		}
	}
	return functions
})

// registration makes one of them. Its handler is the argument at fn.
func registration(name string, arity int, kind handlerKind, fn int, add func(*loader, goja.FunctionCall) error) lateGlobal {
	return func(env *environment) (goja.Value, error) {
		return env.native(name, arity, func(call goja.FunctionCall) goja.Value {
			return env.register(call, kind, fn, func(l *loader) error { return add(l, call) })
		}), nil
	}
}

// register runs a registration while loading. While a file is evaluated again
// it collects the closure at argument fn and those of middlewares instead.
func (env *environment) register(call goja.FunctionCall, kind handlerKind, fn int, add func(*loader) error) goja.Value {
	switch {
	case env.replaying != nil:
		env.collect(call, kind, fn)
	case env.loading != nil:
		if err := add(env.loading); err != nil {
			env.throwGo(err)
		}
	default:
		panic(env.vm.NewTypeError("handlers can only be registered while the file is loaded"))
	}
	return goja.Undefined()
}

func (env *environment) collect(call goja.FunctionCall, kind handlerKind, fn int) {
	if fn >= 0 {
		env.replaying.collect(kind, call.Argument(fn))
	}
	switch kind {
	case routeHandler:
		env.collectMiddlewares(rest(call, 3))
	case middlewareHandler:
		env.collectMiddlewares(call.Arguments)
	}
}

// collectMiddlewares skips options and those that are Go functions, as the
// loader does.
func (env *environment) collectMiddlewares(list []goja.Value) {
	for _, fn := range list {
		if isOptions(fn) {
			continue
		}
		if obj, ok := fn.(*goja.Object); ok {
			if _, isGo := env.goFuncOf(obj); isGo {
				continue
			}
		}
		env.replaying.collect(middlewareHandler, fn)
	}
}

// bindRegistrations makes the registration functions available.
func (env *environment) bindRegistrations() { env.registers = true }

func (env *environment) unbindRegistrations() {
	env.registers = false
	global := env.vm.GlobalObject()
	for name := range env.registrations {
		_ = global.Delete(name)
		delete(env.made, name)
	}
}

// isRegistration reports whether a name is one of the registration functions.
func isRegistration(name string) bool {
	switch name {
	case "routerAdd", "routerUse", "routerPre", "cronAdd", "cronRemove", "globalThis":
		return true
	}
	if len(name) < 3 || name[:2] != "on" {
		return false
	}
	for _, binding := range core.HookBindings {
		if binding.Name == name[2:] {
			return true
		}
	}
	return false
}

func rest(call goja.FunctionCall, from int) []goja.Value {
	if len(call.Arguments) <= from {
		return nil
	}
	return call.Arguments[from:]
}
