package jsvm

import (
	"io"
	"time"

	"github.com/dop251/goja"
)

// bindGlobals gives scripts everything but the hooks and the routes. Migration
// files get the part of it that needs no running app.
func bindGlobals(env *environment) error {
	env.trackRejections()
	return bindLate(env)
}

// isMigration reports whether the runtime belongs to a migration file.
func (env *environment) isMigration() bool { return env.gen == nil }

// globalFunctions make the global functions.
var globalFunctions = map[string]func(env *environment) any{
	"arrayOf": func(*environment) any { return arrayOf },
	"readerToString": func(*environment) any {
		return func(r io.Reader, maxBytes int64) (string, error) { return readText(r, maxBytes) }
	},
	"sleep":    func(env *environment) any { return env.sleep },
	"toString": func(*environment) any { return toText },
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
