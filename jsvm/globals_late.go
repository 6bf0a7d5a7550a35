package jsvm

import (
	"maps"
	"slices"
	"sync"

	"github.com/dop251/goja"
)

// lateGlobal makes a global when a script first asks for it, so that a runtime
// holds only what its scripts use.
type lateGlobal func(env *environment) (goja.Value, error)

// handlerGlobals are our globals by name, those of the web platform aside, and
// migrationGlobals the part of them that migration files see.
var (
	handlerGlobals   = sync.OnceValue(func() map[string]lateGlobal { return collectGlobals(false) })
	migrationGlobals = sync.OnceValue(func() map[string]lateGlobal { return collectGlobals(true) })
)

func collectGlobals(migrations bool) map[string]lateGlobal {
	late := map[string]lateGlobal{"console": consoleGlobal, "process": processGlobal, "require": requireGlobal}
	if !migrations {
		late["$app"] = func(env *environment) (goja.Value, error) { return env.appObject(), nil }
		late["__hooks"] = func(env *environment) (goja.Value, error) { return env.vm.ToValue(env.cfg.HooksDir), nil }
	}
	for name, fn := range globalFunctions {
		late[name] = func(env *environment) (goja.Value, error) { return env.member(name, fn(env)), nil }
	}
	for _, ns := range namespaces {
		if ns.Migrations || !migrations {
			late[ns.Name] = func(env *environment) (goja.Value, error) { return env.object(ns.Bind(env)) }
		}
	}
	for _, c := range constructors {
		if c.Migrations || !migrations {
			late[c.Name] = func(env *environment) (goja.Value, error) { return env.vm.ToValue(env.class(c)), nil }
		}
	}
	return late
}

// bindLate makes our globals available.
func bindLate(env *environment) error {
	env.late, env.made = handlerGlobals(), map[string]goja.Value{}
	if env.isMigration() {
		env.late = migrationGlobals()
	}
	return env.vm.GlobalObject().SetPrototype(env.vm.NewDynamicObject(lateObject{env}))
}

// maker returns what makes a global, nil if it is not one of these or exists.
func (env *environment) maker(name string) lateGlobal {
	if env.made[name] != nil {
		return nil
	}
	if env.registers && env.registrations[name] != nil {
		return env.registrations[name]
	}
	return env.late[name]
}

// makeLate makes a global, which is an ordinary one from then on.
func (env *environment) makeLate(name string, maker lateGlobal) goja.Value {
	value, err := maker(env)
	if err == nil {
		err = env.vm.GlobalObject().DefineDataProperty(name, value, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
	}
	if err != nil {
		panic(env.vm.NewGoError(err))
	}
	env.made[name] = value
	return value
}

// unmade are the names of the globals that are still to be made, in order.
func (env *environment) unmade() []string {
	names := slices.Collect(maps.Keys(env.late))
	if env.registers {
		names = slices.AppendSeq(names, maps.Keys(env.registrations))
	}
	slices.Sort(names)
	return slices.DeleteFunc(names, func(name string) bool { return env.made[name] != nil })
}

// makeAllLate makes the globals that are still to be made, for scripts that look
// at the global object itself.
func (env *environment) makeAllLate() {
	for _, name := range env.unmade() {
		env.vm.Get(name) // which the script may have set itself
	}
}

// exposeGlobals makes all globals if the scripts of the generation look at the
// global object.
func (env *environment) exposeGlobals() {
	if env.gen == nil {
		return
	}
	if names := env.gen.mutables.load(); names != nil && (*names)[everyLate] {
		env.makeAllLate()
	}
}

// lateObject stands between the global object and its prototype and answers for
// the globals that do not exist yet.
type lateObject struct{ env *environment }

var _ goja.DynamicObject = lateObject{}

// Get makes a global when it is asked for the first time. With one of the web
// platform all globals of its part become ordinary ones, except those that the
// script has set itself.
func (o lateObject) Get(key string) goja.Value {
	if maker := o.env.maker(key); maker != nil {
		return o.env.makeLate(key, maker)
	}
	if part, ok := webGlobals[key]; ok {
		return o.env.webPart(part).Get(key)
	}
	return nil
}

// Set is never reached: the global object is the receiver.
func (o lateObject) Set(string, goja.Value) bool { return false }

// Has tells which globals there are.
func (o lateObject) Has(key string) bool { return webGlobals[key] != "" || o.env.maker(key) != nil }

// Delete has nothing to do.
func (o lateObject) Delete(string) bool { return true }

// Keys returns the enumerable globals, to which those of the web platform do not
// belong.
func (o lateObject) Keys() []string { return o.env.unmade() }
