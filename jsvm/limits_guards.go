package jsvm

import (
	"maps"
	"slices"
	"sync"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/internal/goroutine"
)

// A runtime gets a guard in front of a built-in function when it is to run a text
// that can reach the function (see needs): to have all of them in every runtime
// would take longer than all else. The functions that the engine calls by itself,
// to make a text of a list, are always guarded.

// lateGuard is a guard with the needs of texts that make it necessary.
type lateGuard struct {
	needs   []string
	install func(env *environment)
}

// lateGuards are all guards but those that every runtime has.
var lateGuards = sync.OnceValue(func() []lateGuard {
	return slices.Concat(listGuards(), iteratorGuards(), textGuards(), callGuards(), codeGuards(), bufferGuards(), []lateGuard{
		{[]string{"JSON"}, (*environment).guardJSON},
		{[]string{"Proxy"}, (*environment).guardProxies},
		{[]string{"GoError"}, func(env *environment) { env.goErrorClass() }},
		{append([]string{needComputed}, prototypeNames...), (*environment).guardPrototypes},
	}, polyfillGuards())
})

// calledFor reports whether a text makes the guard necessary.
func (g lateGuard) calledFor(n needs) bool {
	computes := n.computes()
	return n[needAll] || computes && n[needGlobal] ||
		slices.ContainsFunc(g.needs, func(name string) bool { return n[name] || computes && name == needComputed })
}

// guard installs the guards for a text that is about to run.
func (env *environment) guard(n needs) {
	for i, g := range env.guards {
		if !env.installed[i] && g.calledFor(n) {
			env.installed[i] = true
			g.install(env)
		}
	}
}

// lacks reports whether a text makes a guard necessary that is not installed.
func (env *environment) lacks(n needs) bool {
	for i, g := range env.guards {
		if !env.installed[i] && g.calledFor(n) {
			return true
		}
	}
	return false
}

// guardText installs the guards for a text that is about to run in the middle of a
// call, which must not take them for changes that the call made.
func (env *environment) guardText(n needs) {
	if len(env.builtIns.states) == 0 || !env.lacks(n) {
		env.guard(n)
		return
	}
	if !env.isPristine() {
		env.builtIns.changed = true
	}
	env.guard(n)
	env.rebase()
}

// guardNoted installs the guards for the texts that the generation has loaded.
func (env *environment) guardNoted() {
	if env.gen == nil {
		return // it has all
	}
	if noted := env.gen.needs.load(); noted != env.guardedFor {
		env.guardedFor = noted
		env.guardText(*noted)
	}
}

// noteNeeds takes note of what a text needs that has just been read, for whoever
// runs it and for the runtimes that the caller is using: a text that is required
// runs at once. What it changes of built-in objects counts from its end on.
func (g *generation) noteNeeds(n needs) {
	g.needs.add(n)
	noted := g.needs.load()
	if noted == nil {
		return
	}
	for _, m := range g.watch.ownedBy(goroutine.Self()) {
		m.env.guardedFor = noted
		m.env.guard(*noted)
	}
}

// ownedBy returns the machines whose calls a goroutine is running.
func (w *watchdog) ownedBy(owner uintptr) []*machine {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.DeleteFunc(slices.Collect(maps.Keys(w.machines)), func(m *machine) bool { return m.owner.Load() != owner })
}

// plainValues are values whose prototypes are those of the engine, whatever
// scripts make of the names of the classes.
type plainValues struct{ list, text, function *goja.Object }

func (env *environment) plainList() *goja.Object {
	if env.plain.list == nil {
		env.plain.list = env.vm.NewArray()
	}
	return env.plain.list
}

func (env *environment) plainText() *goja.Object {
	if env.plain.text == nil {
		env.plain.text = env.vm.ToValue("").ToObject(env.vm)
	}
	return env.plain.text
}

func (env *environment) plainFunction() *goja.Object {
	if env.plain.function == nil {
		env.plain.function = env.native("", 0, nil)
	}
	return env.plain.function
}

// listPrototype is Array.prototype.
func (env *environment) listPrototype() *goja.Object { return env.plainList().Prototype() }

// textPrototype is String.prototype.
func (env *environment) textPrototype() *goja.Object { return env.plainText().Prototype() }

// functionPrototype is Function.prototype.
func (env *environment) functionPrototype() *goja.Object { return env.plainFunction().Prototype() }
