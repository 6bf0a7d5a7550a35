package jsvm

import (
	"math"
	"time"

	"github.com/dop251/goja"
)

// maxTimerDelay is the longest delay that timers know; longer ones fire at once,
// as they do everywhere.
const maxTimerDelay = 1<<31 - 1

// timerNatives are the functions that start and stop timers. While a file is
// evaluated for its closures they do nothing.
func timerNatives(env *environment) members {
	start := func(name string, repeat, immediate bool) any {
		return env.native(name, 1, func(call goja.FunctionCall) goja.Value {
			fn := env.callable(call, 0)
			if env.quiet() || !env.running() {
				return env.vm.ToValue(0)
			}
			after, args := time.Duration(0), rest(call, 1)
			if !immediate {
				after, args = delay(call.Argument(1)), rest(call, 2)
			}
			id, err := env.loop().add(fn, args, after, repeat)
			if err != nil {
				env.throwRange(err.Error())
			}
			return env.vm.ToValue(id)
		})
	}
	stop := func(name string) any {
		return env.native(name, 1, func(call goja.FunctionCall) goja.Value {
			if l := env.machine.loop.Load(); l != nil && env.running() {
				l.remove(call.Argument(0).ToInteger())
			}
			return goja.Undefined()
		})
	}
	return members{
		"setTimeout": start("setTimeout", false, false), "setInterval": start("setInterval", true, false),
		"setImmediate": start("setImmediate", false, true), "clearTimeout": stop("clearTimeout"),
		"clearInterval": stop("clearInterval"), "clearImmediate": stop("clearImmediate"),
	}
}

func delay(v goja.Value) time.Duration {
	ms := v.ToFloat()
	if math.IsNaN(ms) || ms < 0 || ms > maxTimerDelay {
		return 0
	}
	return time.Duration(ms * float64(time.Millisecond))
}

// processStart is the origin of performance.now.
var processStart = time.Now()

func performanceNatives(env *environment) members {
	return members{
		"now": env.native("now", 0, func(goja.FunctionCall) goja.Value {
			return env.vm.ToValue(float64(time.Since(processStart).Nanoseconds()) / 1e6)
		}),
		"timeOrigin": float64(processStart.UnixMicro()) / 1000,
	}
}
