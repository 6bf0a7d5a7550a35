package jsvm

import (
	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core/template"
)

// templateNamespace is HTML templates. Each runtime has a registry of its own,
// because the functions scripts add belong to one runtime.
var templateNamespace = namespace{
	Name: "$template",
	Doc:  "Go HTML templates from files, file systems and texts.",
	Bind: func(env *environment) members {
		reg := template.NewRegistry()
		return members{
			"addFuncs": func(funcs map[string]goja.Value) goja.Value {
				reg.AddFuncs(env.templateFuncs(funcs))
				return env.vm.Get("$template")
			},
			"loadFS":     reg.LoadFS,
			"loadFiles":  reg.LoadFiles,
			"loadString": reg.LoadString,
		}
	},
}

// templateFuncs makes template functions of script functions; other values are left out.
func (env *environment) templateFuncs(funcs map[string]goja.Value) map[string]any {
	out := make(map[string]any, len(funcs))
	for name, value := range funcs {
		call, ok := goja.AssertFunction(value)
		if !ok {
			continue
		}
		out[name] = func(args ...any) (any, error) {
			values := make([]goja.Value, len(args))
			for i, a := range args {
				values[i] = env.toJS(a)
			}
			result, err := call(goja.Undefined(), values...)
			if err != nil {
				return nil, env.caught(err)
			}
			return env.toGo(result), nil
		}
	}
	return out
}
