package jsvm

import (
	"encoding/json"

	"github.com/dop251/goja"
)

// cloneNatives tell structuredClone what it cannot see for itself.
func cloneNatives(env *environment) members {
	return members{
		"isGo": func(call goja.FunctionCall) goja.Value {
			obj, ok := call.Argument(0).(*goja.Object)
			if !ok {
				return env.vm.ToValue(false)
			}
			_, isGo := exported(obj).(wrapper)
			return env.vm.ToValue(isGo)
		},
		// plain is what JSON keeps of a Go value.
		"plain": func(call goja.FunctionCall) goja.Value {
			text, err := json.Marshal(env.toGo(call.Argument(0)))
			if err != nil {
				env.throwGo(err)
			}
			value, err := env.jsonParse()(goja.Undefined(), env.vm.ToValue(string(text)))
			if err != nil {
				panic(err)
			}
			return value
		},
	}
}
