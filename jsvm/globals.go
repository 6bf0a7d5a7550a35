package jsvm

import (
	"fmt"
	"io"
	"time"

	"github.com/dop251/goja"
)

// bindGlobals sets everything that scripts find besides `$app`, the hooks and
// the routes: the other namespaces, the constructors and the global functions.
// Migration files get the part of it that needs no running app.
func bindGlobals(env *environment) error {
	steps := []func(*environment) error{bindModules, bindConsole, bindProcess, bindFunctions, bindNamespaces, bindConstructors, bindWeb}
	for _, bind := range steps {
		if err := bind(env); err != nil {
			return err
		}
	}
	return nil
}

// isMigration reports whether the runtime belongs to a migration file.
func (env *environment) isMigration() bool { return env.gen == nil }

// bindNamespaces sets the `$name` objects.
func bindNamespaces(env *environment) error {
	for _, ns := range namespaces {
		if env.isMigration() && !ns.Migrations {
			continue
		}
		obj, err := env.object(ns.Bind(env))
		if err != nil {
			return fmt.Errorf("bind %s: %w", ns.Name, err)
		}
		if err := env.vm.Set(ns.Name, obj); err != nil {
			return fmt.Errorf("bind %s: %w", ns.Name, err)
		}
	}
	return nil
}

// bindFunctions sets the global functions.
func bindFunctions(env *environment) error {
	functions := members{
		"arrayOf":        arrayOf,
		"readerToString": func(r io.Reader, maxBytes int64) (string, error) { return readText(r, maxBytes) },
		"sleep":          env.sleep,
		"toString":       toText,
	}
	for name, fn := range functions {
		if err := env.vm.Set(name, env.member(name, fn)); err != nil {
			return fmt.Errorf("bind %s: %w", name, err)
		}
	}
	return nil
}

// sleep blocks the runtime for some milliseconds, or until the running call must end.
func (env *environment) sleep(milliseconds int64) {
	if env.quiet() {
		return
	}
	timer := time.NewTimer(time.Duration(milliseconds) * time.Millisecond)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-env.context().Done():
	}
}

// optional returns the argument at i, or undefined.
func optional(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}
