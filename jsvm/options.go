package jsvm

import (
	"cmp"
	"fmt"
	"math"
	"time"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

const (
	// defaultLoadTime is the time limit of the evaluation of a file, whatever the
	// limits of its handlers.
	defaultLoadTime = 10 * time.Second
	// defaultRouteTime is the time limit of routes and their middlewares.
	defaultRouteTime = 60 * time.Second
	// noTimeLimit stands for no limit at all.
	noTimeLimit time.Duration = -1
	// endlessBudget is so many ticks that they never pass.
	endlessBudget = 1 << 30
	// hookBudget and routeBudget stand for the limits of hooks and of routes as
	// the settings are at the moment.
	hookBudget, routeBudget int32 = -1, -2
)

// timeLimit returns how long a handler may take that says nothing about it: as
// configured, or else as in the settings.
func (cfg Config) timeLimit(kind handlerKind, stored settings.HooksConfig) time.Duration {
	switch kind {
	case cronHandler:
		return noTimeLimit
	case routeHandler, middlewareHandler:
		return cmp.Or(cfg.RouteTimeout, cfg.ScriptTimeout, seconds(stored.RouteTimeout), defaultRouteTime)
	default:
		return cmp.Or(cfg.ScriptTimeout, seconds(stored.Timeout), defaultScriptTime)
	}
}

// budgetOf returns the time limit of a handler in ticks of the watchdog, to be
// read with ticks. Zero stands for the default of its kind.
func (cfg Config) budgetOf(kind handlerKind, asked time.Duration) int32 {
	isRoute := kind == routeHandler || kind == middlewareHandler
	switch {
	case asked != 0 || kind == cronHandler || cfg.ScriptTimeout != 0 || isRoute && cfg.RouteTimeout != 0:
		return cfg.fixedBudget(cmp.Or(asked, cfg.timeLimit(kind, settings.HooksConfig{})))
	case isRoute:
		return routeBudget
	default:
		return hookBudget
	}
}

// loadBudget returns the time limit of the evaluation of a file in ticks.
func (cfg Config) loadBudget() int32 { return cfg.budget(cmp.Or(cfg.loadTime, defaultLoadTime)) }

func (cfg Config) fixedBudget(limit time.Duration) int32 {
	if limit < 0 {
		return endlessBudget
	}
	return cfg.budget(limit)
}

// ticks returns how many ticks a budget is with the given settings.
func (cfg Config) ticks(budget int32, stored settings.HooksConfig) int32 {
	switch budget {
	case hookBudget:
		return cfg.fixedBudget(cfg.timeLimit(hookHandler, stored))
	case routeBudget:
		return cfg.fixedBudget(cfg.timeLimit(routeHandler, stored))
	default:
		return budget
	}
}

// ticksOf returns how many ticks a budget is at the moment.
func (env *environment) ticksOf(budget int32) int32 {
	if budget >= 0 {
		return budget
	}
	stored := settings.Get(env.app.Settings(), func(s *settings.Settings) settings.HooksConfig { return s.Hooks })
	return env.cfg.ticks(budget, stored)
}

// handlerOptions is the object that may be the last argument of a registration.
type handlerOptions struct {
	// Order sorts the handlers of scripts; lower runs earlier.
	Order int
	// Timeout is the time limit: zero is the default of the kind of handler, less is none.
	Timeout time.Duration
	// Name is what listings and traces call the handler.
	Name string
	// Mode and ErrorPolicy are for hooks.
	Mode        hook.Mode
	ErrorPolicy hook.ErrorPolicy
}

// isOptions reports whether an argument is a plain object.
func isOptions(v goja.Value) bool {
	obj, ok := v.(*goja.Object)
	return ok && obj.ClassName() == "Object" && !isFunction(obj)
}

// splitOptions takes the options off the end of arguments.
func (l *loader) splitOptions(args []goja.Value) (left []goja.Value, o handlerOptions, err error) {
	if n := len(args); n > 0 && isOptions(args[n-1]) {
		o, err = readOptions(args[n-1].(*goja.Object))
		return args[:n-1], o, err
	}
	return args, handlerOptions{}, nil
}

func readOptions(obj *goja.Object) (o handlerOptions, err error) {
	for _, key := range obj.Keys() {
		v := obj.Get(key)
		if goja.IsUndefined(v) || goja.IsNull(v) {
			continue
		}
		switch key {
		case "order":
			o.Order = int(v.ToInteger())
		case "timeout":
			o.Timeout, err = timeoutOption(v)
		case "name":
			o.Name = v.String()
		case "mode":
			o.Mode, err = chosen(key, v.String(), map[string]hook.Mode{"blocking": hook.Blocking, "background": hook.Background})
		case "onError":
			o.ErrorPolicy, err = chosen(key, v.String(), map[string]hook.ErrorPolicy{"block": hook.AbortOnError, "continue": hook.ContinueOnError})
		default:
			err = fmt.Errorf("unknown option %q: there are order, timeout, name, mode and onError", key)
		}
		if err != nil {
			return o, err
		}
	}
	return o, nil
}

// timeoutOption reads a limit in milliseconds; 0 and Infinity mean none.
func timeoutOption(v goja.Value) (time.Duration, error) {
	ms := v.ToFloat()
	switch {
	case math.IsNaN(ms) || ms < 0:
		return 0, fmt.Errorf("the option timeout is not a number of milliseconds: %s", v)
	case ms == 0 || ms > float64(math.MaxInt64/time.Millisecond):
		return noTimeLimit, nil
	}
	return time.Duration(ms * float64(time.Millisecond)), nil
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }

// milliseconds is a time that a script gave.
func milliseconds(n int64) time.Duration { return time.Duration(n) * time.Millisecond }

func chosen[T any](key, name string, choices map[string]T) (T, error) {
	choice, ok := choices[name]
	if !ok {
		return choice, fmt.Errorf("the option %s cannot be %q", key, name)
	}
	return choice, nil
}

// describe returns what the hook learns about a handler.
func (o handlerOptions) describe(h *handler, tags []string) hook.Info {
	source := h.source()
	source.Label = o.Name
	return hook.Info{
		Source: source, Tags: tags, Order: o.Order, Timeout: max(o.Timeout, 0),
		Mode: o.Mode, ErrorPolicy: o.ErrorPolicy,
	}
}

// limit applies the time limit of the options to a handler.
func (o handlerOptions) limit(h *handler) {
	h.budget = h.gen.host.cfg.budgetOf(h.kind, o.Timeout)
}
