package jsvm

import (
	"os"
	"slices"
	"strings"

	"github.com/dop251/goja"
)

// processGlobal makes `process`, which has the environment variables and nothing else.
func processGlobal(env *environment) (goja.Value, error) {
	return processObject(env.vm, env.cfg.HooksEnv)
}

// processObject returns `process` with `env` as a plain object, which has the
// variables that scripts may see.
func processObject(vm *goja.Runtime, visible []string) (*goja.Object, error) {
	variables := vm.NewObject()
	for _, pair := range os.Environ() {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || name == "" || !isVisible(name, visible) {
			continue
		}
		if err := variables.Set(name, value); err != nil {
			return nil, err
		}
	}
	obj := vm.NewObject()
	return obj, obj.Set("env", variables)
}

// isVisible reports whether scripts may see an environment variable.
func isVisible(name string, visible []string) bool {
	if visible == nil {
		return true
	}
	return slices.ContainsFunc(visible, func(pattern string) bool {
		if start, ok := strings.CutSuffix(pattern, "*"); ok {
			return strings.HasPrefix(name, start)
		}
		return name == pattern
	})
}

// getenv returns an environment variable that scripts may see, else "".
func (env *environment) getenv(name string) string {
	if !isVisible(name, env.cfg.HooksEnv) {
		return ""
	}
	return os.Getenv(name)
}
