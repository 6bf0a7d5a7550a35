package jsvm

import "github.com/dop251/goja"

// polyfillNames are the members that the engine lacks, by the prototype through
// which scripts look them up: static methods are found on that of functions.
var polyfillNames = map[string][]string{
	"Function": {"asyncIterator", "captureStackTrace", "escape", "fromAsync", "groupBy", "try", "withResolvers"},
	"String":   {"isWellFormed", "toWellFormed"},
}

// polyfillGuards add what the engine lacks of the language as soon as a script
// asks for any of it. Adding it to runtimes of scripts that only could ask would
// bring half of the built-in classes into them.
func polyfillGuards() []lateGuard {
	var guards []lateGuard
	for class, names := range polyfillNames {
		for _, name := range names {
			guards = append(guards, lateGuard{[]string{name, needComputed}, func(env *environment) {
				if !env.polyfilled {
					env.awaitPolyfill(env.polyfilledPrototype(class), name)
				}
			}})
		}
	}
	return guards
}

func (env *environment) polyfilledPrototype(class string) *goja.Object {
	if class == "String" {
		return env.textPrototype()
	}
	return env.functionPrototype()
}

// awaitPolyfill waits for the use of a member.
func (env *environment) awaitPolyfill(prototype *goja.Object, name string) {
	get := env.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		env.polyfill()
		if v := call.This.ToObject(env.vm).Get(name); v != nil {
			return v
		}
		return goja.Undefined()
	})
	set := env.vm.ToValue(func(call goja.FunctionCall) goja.Value {
		env.polyfill()
		if err := call.This.ToObject(env.vm).Set(name, call.Argument(0)); err != nil {
			panic(err)
		}
		return goja.Undefined()
	})
	_ = prototype.DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// polyfill adds the members and removes what has waited for their use.
func (env *environment) polyfill() {
	env.polyfilled = true
	for class, names := range polyfillNames {
		for _, name := range names {
			if err := env.polyfilledPrototype(class).Delete(name); err != nil {
				panic(err)
			}
		}
	}
	part, err := webProgram("polyfills")
	if err == nil {
		env.guardText(part.needs)
		_, err = env.vm.RunProgram(part.program)
	}
	if err != nil {
		panic(err)
	}
}
