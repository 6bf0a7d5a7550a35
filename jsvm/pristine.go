package jsvm

import "github.com/dop251/goja"

// A runtime serves one call after the other, so what a call changes in the
// built-in objects would be there for the next one, which may serve somebody
// else. Files may extend built-in objects when they are evaluated; a call that
// changes them costs its runtime, which is not used again.
//
// Looking at all built-in objects after each call would take longer than most
// calls. Object.prototype, which data of a request can reach by `__proto__`,
// cannot be changed at all. Any other is looked at if a call could have changed
// it: if the text of a script seems to (see mutations), or if a call got hold of
// it by way of an object.

// guardState is what a runtime knows of its built-in objects.
type guardState struct {
	// noted is what the runtime last looked at of the mutables.
	noted *map[string]bool
	// states are the built-in objects that are watched, as they have to be.
	states []*builtInState
	known  map[*goja.Object]bool
	// prototypes are all built-in prototypes but Object.prototype, and what classes
	// inherit from, once needed.
	prototypes map[*goja.Object]bool
	// changed tells that one of them was not as it has to be.
	changed bool
	// descriptor is Object.getOwnPropertyDescriptor.
	descriptor native
}

// builtInState is an object as it has to be.
type builtInState struct {
	object, prototype *goja.Object
	names             []string
	values            []goja.Value // nil for accessors
	symbols           []*goja.Symbol
	symbolValues      []goja.Value
	// noted are the names of the global object that the state covers.
	noted map[string]bool
}

// guardPrototypes locks Object.prototype and notices who gets hold of others.
func (env *environment) guardPrototypes() {
	object, reflect := env.global("Object"), env.global("Reflect")
	if object == nil {
		return
	}
	env.lockObjectPrototype(object, env.vm.NewObject().Prototype())
	for _, owner := range []*goja.Object{object, reflect} {
		env.replace(owner, "getPrototypeOf", 1, func(original native) native {
			return func(call goja.FunctionCall) goja.Value { return env.handedOut(original(call)) }
		})
	}
}

// lockObjectPrototype makes the members of Object.prototype unchangeable. Objects
// still get members of the same names when these are assigned.
func (env *environment) lockObjectPrototype(object, prototype *goja.Object) {
	setter := func(name string) goja.Value {
		return env.native("set "+name, 1, func(call goja.FunctionCall) goja.Value {
			if this, ok := call.This.(*goja.Object); ok && this != prototype {
				if err := this.DefineDataProperty(name, call.Argument(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE); err != nil {
					panic(err)
				}
			} else if ok {
				panic(env.vm.NewTypeError("Object.prototype cannot be changed"))
			}
			return goja.Undefined()
		})
	}
	for _, name := range prototype.GetOwnPropertyNames() {
		if name == "__proto__" {
			continue
		}
		value := prototype.Get(name)
		getter := func(goja.FunctionCall) goja.Value { return value }
		if name == "constructor" {
			getter = func(goja.FunctionCall) goja.Value { env.watch(object); return value }
		}
		_ = prototype.DefineAccessorProperty(name, env.native("get "+name, 0, getter), setter(name), goja.FLAG_FALSE, goja.FLAG_FALSE)
	}
	env.guardProto(prototype)
	if prevent := nativeOf(object.Get("preventExtensions")); prevent != nil {
		prevent(goja.FunctionCall{Arguments: []goja.Value{prototype}})
	}
}

// guardProto notices who gets hold of a prototype by `__proto__`.
func (env *environment) guardProto(prototype *goja.Object) {
	found, ok := env.describeProperty(prototype, env.vm.ToValue("__proto__")).(*goja.Object)
	if !ok {
		return
	}
	get := nativeOf(found.Get("get"))
	if get == nil {
		return
	}
	getter := env.native("get __proto__", 0, func(call goja.FunctionCall) goja.Value { return env.handedOut(get(call)) })
	_ = prototype.DefineAccessorProperty("__proto__", getter, found.Get("set"), goja.FLAG_FALSE, goja.FLAG_FALSE)
}

func (env *environment) describeProperty(obj *goja.Object, key goja.Value) goja.Value {
	if env.builtIns.descriptor == nil {
		env.builtIns.descriptor = nativeOf(env.global("Object").Get("getOwnPropertyDescriptor"))
	}
	return env.builtIns.descriptor(goja.FunctionCall{Arguments: []goja.Value{obj, key}})
}

// handedOut watches a built-in prototype that a script gets.
func (env *environment) handedOut(v goja.Value) goja.Value {
	obj, ok := v.(*goja.Object)
	if !ok || env.gen == nil || env.makingWeb || env.builtIns.known[obj] {
		return v
	}
	if env.builtIns.prototypes == nil {
		env.builtIns.prototypes = env.findPrototypes()
	}
	if env.builtIns.prototypes[obj] {
		env.watch(obj)
	}
	return v
}

// findPrototypes returns the built-in classes that exist so far, but Object, and
// their prototypes.
func (env *environment) findPrototypes() map[*goja.Object]bool {
	found := map[*goja.Object]bool{}
	for name := range builtInNames {
		if name == "Object" || !isClassName(name) || webGlobals[name] != "" && env.webParts[webGlobals[name]] == nil {
			continue
		}
		if prototype := env.prototype(name); prototype != nil {
			found[prototype] = true
			found[env.global(name)] = true // what a class that extends it inherits from
		}
	}
	for _, text := range []string{
		`[][Symbol.iterator]()`, `""[Symbol.iterator]()`, `new Map().entries()`, `new Set().values()`, `"".matchAll(/x/g)`,
		`(function* () {})()`, `function* () {}`, `async function () {}`, `new Uint8Array()`,
	} {
		v, err := env.vm.RunString("(" + text + ")")
		if err != nil {
			continue
		}
		for p := v.(*goja.Object).Prototype(); p != nil && p.Prototype() != nil; p = p.Prototype() {
			found[p] = true
		}
	}
	return found
}

func isClassName(name string) bool { return name[0] >= 'A' && name[0] <= 'Z' }

// watch takes note of how an object has to be.
func (env *environment) watch(obj *goja.Object) {
	if obj == nil || env.gen == nil || env.builtIns.known[obj] {
		return
	}
	if env.builtIns.known == nil {
		env.builtIns.known = map[*goja.Object]bool{}
	}
	env.builtIns.known[obj] = true
	env.builtIns.states = append(env.builtIns.states, env.stateOf(obj))
}

func (env *environment) stateOf(obj *goja.Object) *builtInState {
	if obj == env.vm.GlobalObject() {
		return env.stateOfGlobals(obj)
	}
	s := &builtInState{object: obj, prototype: obj.Prototype(), names: obj.GetOwnPropertyNames(), symbols: obj.Symbols()}
	for _, name := range s.names {
		s.values = append(s.values, env.dataOf(obj, env.vm.ToValue(name)))
	}
	for _, symbol := range s.symbols {
		s.symbolValues = append(s.symbolValues, env.dataOf(obj, symbol))
	}
	return s
}

// stateOfGlobals takes note of our own names only.
func (env *environment) stateOfGlobals(global *goja.Object) *builtInState {
	s := &builtInState{object: global, prototype: global.Prototype(), noted: map[string]bool{}}
	for _, name := range global.GetOwnPropertyNames() {
		if builtInNames[name] || env.isOurs(name) {
			s.names, s.values = append(s.names, name), append(s.values, global.Get(name))
			s.noted[name] = true
		}
	}
	return s
}

// isOurs reports whether a global is one that is made when it is first used.
func (env *environment) isOurs(name string) bool {
	return webGlobals[name] != "" || env.late[name] != nil
}

// dataOf returns the value of a member, nil for an accessor.
func (env *environment) dataOf(obj *goja.Object, key goja.Value) goja.Value {
	found, ok := env.describeProperty(obj, key).(*goja.Object)
	if !ok {
		return nil
	}
	return found.Get("value")
}

// watchNames watches what the scripts of the generation may change.
func (env *environment) watchNames(names *map[string]bool) {
	env.builtIns.noted = names
	for name := range *names {
		env.watchName(name)
	}
}

func (env *environment) watchName(name string) {
	switch name {
	case everyLate:
		env.makeAllLate()
		return
	case everyGlobal:
		env.watch(env.vm.GlobalObject())
		return
	case everyBuiltIn:
		for other := range builtInNames {
			env.watchName(other)
		}
		env.watch(env.vm.GlobalObject())
		return
	}
	obj := env.global(name)
	env.watch(obj)
	if obj != nil && isClassName(name) && name != "Object" {
		env.watch(env.prototype(name))
	}
}

// watchText watches what a text may change that is about to be run.
func (env *environment) watchText(text string) {
	env.guardText(needs{needAll: true})
	if env.gen == nil {
		return
	}
	for name := range mutations(text) {
		env.watchName(name)
	}
}

// prepare brings what is watched up to date before a call.
func (env *environment) prepare() {
	if env.gen == nil {
		return
	}
	env.guardNoted()
	if names := env.gen.mutables.load(); names != env.builtIns.noted {
		env.watchNames(names)
	}
}

// isUnwatched reports whether there is nothing to look at after a call.
func (env *environment) isUnwatched() bool {
	return env.gen == nil || len(env.builtIns.states) == 0 && env.gen.mutables.load() == env.builtIns.noted
}

// isTampered reports after a call whether it changed a built-in object.
func (env *environment) isTampered() bool {
	if env.builtIns.changed || env.gen.mutables.load() != env.builtIns.noted {
		return true // it may have run what was loaded meanwhile
	}
	return !env.isPristine()
}

// isPristine reports whether the watched objects are as they have to be.
func (env *environment) isPristine() bool {
	for _, s := range env.builtIns.states {
		if !env.isAsBefore(s) {
			return false
		}
	}
	return true
}

func (env *environment) isAsBefore(s *builtInState) bool {
	if s.object == env.vm.GlobalObject() {
		return env.globalsAsBefore(s)
	}
	names := s.object.GetOwnPropertyNames()
	if len(names) != len(s.names) || s.object.Prototype() != s.prototype {
		return false
	}
	for i, name := range s.names {
		if s.values[i] != nil && !same(s.object.Get(name), s.values[i]) {
			return false
		}
	}
	if len(s.symbols) == 0 {
		return true
	}
	if len(s.object.Symbols()) != len(s.symbols) {
		return false
	}
	for i, symbol := range s.symbols {
		if s.symbolValues[i] != nil && !same(s.object.GetSymbol(symbol), s.symbolValues[i]) {
			return false
		}
	}
	return true
}

// globalsAsBefore compares the global names that are ours. Scripts may add others.
func (env *environment) globalsAsBefore(s *builtInState) bool {
	for i, name := range s.names {
		if !same(s.object.Get(name), s.values[i]) {
			return false
		}
	}
	for _, name := range s.object.GetOwnPropertyNames() {
		if !s.noted[name] && env.isOurs(name) && !same(env.madeValue(name), s.object.Get(name)) {
			return false
		}
	}
	return s.object.Prototype() == s.prototype
}

// madeValue is a global as it was made.
func (env *environment) madeValue(name string) goja.Value {
	if part := env.webParts[webGlobals[name]]; part != nil {
		return part.Get(name)
	}
	return env.made[name]
}

func same(a, b goja.Value) bool { return a != nil && (a == b || a.SameAs(b)) }

// rebase accepts the built-in objects as they are after a file was evaluated.
func (env *environment) rebase() {
	for i, s := range env.builtIns.states {
		env.builtIns.states[i] = env.stateOf(s.object)
	}
}

// guardedRequire lets modules extend built-in objects when they are evaluated.
func (env *environment) guardedRequire(original native) *goja.Object {
	return env.native("require", 0, func(call goja.FunctionCall) goja.Value {
		if len(env.builtIns.states) > 0 && !env.isPristine() {
			env.builtIns.changed = true
		}
		env.guardNoted()
		defer func() {
			env.guardNoted() // others may have loaded the module meanwhile
			env.rebase()
		}()
		return original(call)
	})
}
