package jsvm

import "github.com/dop251/goja"

// polyfillNames are the members that the engine lacks, by the prototype through
// which scripts look them up: static methods are found on that of functions.
var polyfillNames = map[string][]string{
	"Function": {"asyncIterator", "captureStackTrace", "escape", "fromAsync", "groupBy", "try", "withResolvers"},
	"String":   {"isWellFormed", "toWellFormed"},
}

// bindPolyfills adds what the engine lacks of the language as soon as a script
// asks for any of it. Adding it right away would bring half of the built-in
// classes into every runtime.
func bindPolyfills(env *environment) error {
	for class, names := range polyfillNames {
		prototype := env.prototype(class)
		for _, name := range names {
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
			if err := prototype.DefineAccessorProperty(name, get, set, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
				return err
			}
		}
	}
	return nil
}

// polyfill adds the members and removes what has waited for their use.
func (env *environment) polyfill() {
	for class, names := range polyfillNames {
		for _, name := range names {
			if err := env.prototype(class).Delete(name); err != nil {
				panic(err)
			}
		}
	}
	program, err := webProgram("polyfills")
	if err == nil {
		_, err = env.vm.RunProgram(program)
	}
	if err != nil {
		panic(err)
	}
}
