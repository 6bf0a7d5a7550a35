package jsvm

import (
	"os"
	"strings"

	"github.com/dop251/goja"
)

// bindProcess sets `process`, which has the environment variables and nothing else.
func bindProcess(env *environment) error {
	obj, err := processObject(env.vm)
	if err != nil {
		return err
	}
	return env.vm.Set("process", obj)
}

// processObject returns `process` with `env` as a plain object.
func processObject(vm *goja.Runtime) (*goja.Object, error) {
	variables := vm.NewObject()
	for _, pair := range os.Environ() {
		name, value, ok := strings.Cut(pair, "=")
		if !ok || name == "" {
			continue
		}
		if err := variables.Set(name, value); err != nil {
			return nil, err
		}
	}
	obj := vm.NewObject()
	return obj, obj.Set("env", variables)
}
