package jsvm

import (
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
	if err := env.bindRegistrations(); err != nil {
		return nil, err
	}
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

// registrations are the functions that exist only while files are evaluated.
func (env *environment) registrations() map[string]*goja.Object {
	functions := map[string]*goja.Object{
		"routerAdd": env.native("routerAdd", 4, func(call goja.FunctionCall) goja.Value {
			return env.register(call, routeHandler, 2, func(l *loader) error {
				return l.addRoute(textOf(call.Argument(0)), textOf(call.Argument(1)), call.Argument(2), rest(call, 3))
			})
		}),
		"routerUse": env.native("routerUse", 1, func(call goja.FunctionCall) goja.Value {
			return env.register(call, middlewareHandler, -1, func(l *loader) error { return l.addUse(rest(call, 0)) })
		}),
		"routerPre": env.native("routerPre", 1, func(call goja.FunctionCall) goja.Value {
			return env.register(call, middlewareHandler, -1, func(l *loader) error { return l.addPre(rest(call, 0)) })
		}),
		"cronAdd": env.native("cronAdd", 3, func(call goja.FunctionCall) goja.Value {
			return env.register(call, cronHandler, 2, func(l *loader) error {
				return l.addCron(textOf(call.Argument(0)), textOf(call.Argument(1)), call.Argument(2), rest(call, 3))
			})
		}),
		"cronRemove": env.native("cronRemove", 1, func(call goja.FunctionCall) goja.Value {
			return env.register(call, "", -1, func(l *loader) error { l.removeCron(textOf(call.Argument(0))); return nil })
		}),
	}
	for _, binding := range core.HookBindings {
		if !binding.JS {
			continue
		}
		name := "on" + binding.Name
		functions[name] = env.native(name, 2, func(call goja.FunctionCall) goja.Value {
			return env.register(call, hookHandler, 0, func(l *loader) error { return l.addHook(binding, call) })
		})
	}
	return functions
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

func (env *environment) bindRegistrations() error {
	for name, fn := range env.registrations() {
		if err := env.vm.Set(name, fn); err != nil {
			return err
		}
	}
	return nil
}

func (env *environment) unbindRegistrations() {
	global := env.vm.GlobalObject()
	for _, binding := range core.HookBindings {
		_ = global.Delete("on" + binding.Name)
	}
	for _, name := range []string{"routerAdd", "routerUse", "routerPre", "cronAdd", "cronRemove"} {
		_ = global.Delete(name)
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
