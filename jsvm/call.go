package jsvm

import (
	"fmt"
	"reflect"
	"runtime/debug"

	"github.com/dop251/goja"
	"github.com/spf13/cobra"
)

// callGo calls a Go function with script arguments. Missing arguments are zero
// values, surplus ones are ignored, a trailing error is thrown, several results
// become an array. A panic of the function becomes a thrown GoError.
func (env *environment) callGo(fn reflect.Value, typ reflect.Type, args []goja.Value) goja.Value {
	return env.results(typ, env.guarded(fn, env.goArguments(typ, args, 0)))
}

// callMethod is callGo for a function that takes the receiver first.
func (env *environment) callMethod(fn reflect.Value, recv any, args []goja.Value) goja.Value {
	typ := fn.Type()
	in := env.goArguments(typ, args, 1)
	in[0] = reflect.ValueOf(recv)
	return env.results(typ, env.guarded(fn, in))
}

// results turns the results of a Go function into one script value.
func (env *environment) results(typ reflect.Type, out []reflect.Value) goja.Value {
	if n := len(out); n > 0 && typ.Out(n-1) == errorType {
		if !out[n-1].IsNil() {
			env.throwGo(out[n-1].Interface().(error))
		}
		out = out[:n-1]
	}
	switch len(out) {
	case 0:
		return goja.Undefined()
	case 1:
		return env.valueToJS(out[0])
	}
	list := make([]any, len(out))
	for i, v := range out {
		list[i] = env.valueToJS(v)
	}
	return env.vm.NewArray(list...)
}

// goArguments converts script arguments to those of a function. The first skip
// parameters are left to the caller.
func (env *environment) goArguments(typ reflect.Type, args []goja.Value, skip int) []reflect.Value {
	fixed := typ.NumIn()
	if typ.IsVariadic() {
		fixed--
	}
	n := fixed
	if typ.IsVariadic() {
		n = max(n, len(args)+skip)
	}
	in := make([]reflect.Value, n)
	for i := skip; i < n; i++ {
		paramType := typ.In(min(i, typ.NumIn()-1))
		if i >= fixed {
			paramType = paramType.Elem()
		}
		in[i] = reflect.New(paramType).Elem()
		if i-skip >= len(args) {
			continue
		}
		if err := env.intoValue(args[i-skip], in[i]); err != nil {
			panic(env.vm.NewTypeError("could not convert function call parameter %d: %v", i-skip, err))
		}
	}
	return in
}

// guarded runs Go code for a script and turns its panics into thrown errors.
// The runtime is discarded after the call: whatever panicked may have left it,
// or values it shares, half changed.
func (env *environment) guarded(fn reflect.Value, in []reflect.Value) []reflect.Value {
	env.enterGo()
	defer env.leaveGo()
	defer env.recoverGo()
	return fn.Call(in)
}

// recoverGo is deferred around Go code that scripts call.
func (env *environment) recoverGo() {
	cause := recover()
	if cause == nil {
		return
	}
	if isEnginePanic(cause) {
		panic(cause)
	}
	env.fail()
	err := fmt.Errorf("panic: %v", cause)
	env.logger().Error("panic in a function called by a script", "error", err, "stack", string(debug.Stack()))
	env.throwGo(err)
}

// callback makes a Go function of a script one. It may be called from any
// goroutine: outside of the script call that made it, it waits for the runtime.
func (env *environment) callback(fn goja.Callable, typ reflect.Type) reflect.Value {
	return reflect.MakeFunc(typ, func(args []reflect.Value) []reflect.Value {
		results := make([]reflect.Value, typ.NumOut())
		for i := range results {
			results[i] = reflect.New(typ.Out(i)).Elem()
		}
		err := env.enter(env.callbackBudget(typ), func(nested bool) error {
			result, err := fn(goja.Undefined(), env.scriptArguments(typ, args)...)
			if err != nil {
				return env.caught(err)
			}
			if nested {
				result, err = env.settledNow(result)
			} else {
				result, err = env.settled(result)
			}
			if err != nil {
				return err
			}
			if len(results) > 0 {
				return env.intoResult(result, results[0])
			}
			return nil
		})
		if err == nil {
			return results
		}
		if n := len(results); n > 0 && typ.Out(n-1) == errorType {
			for _, result := range results {
				result.SetZero()
			}
			results[n-1].Set(reflect.ValueOf(&err).Elem())
			return results
		}
		env.raise(err)
		return results
	})
}

// callbackBudget is the time limit of a callback that is a call of its own, such
// as a migration or what Go code was given to call later: that of hooks. Commands
// have none.
func (env *environment) callbackBudget(typ reflect.Type) int32 {
	if typ.NumIn() > 0 && typ.In(0) == reflect.TypeFor[*cobra.Command]() {
		return endlessBudget
	}
	return env.cfg.budgetOf(hookHandler, 0)
}

// raise passes an error through Go code that cannot return one: back into the
// script that called the Go code, or, outside of any, into the log.
func (env *environment) raise(err error) {
	if env.running() {
		env.throwGo(err)
	}
	env.logger().Error("script callback failed", "error", err)
}

func (env *environment) scriptArguments(typ reflect.Type, args []reflect.Value) []goja.Value {
	values := make([]goja.Value, 0, len(args))
	for i, arg := range args {
		if typ.IsVariadic() && i == len(args)-1 {
			for j := range arg.Len() {
				values = append(values, env.valueToJS(arg.Index(j)))
			}
			break
		}
		values = append(values, env.valueToJS(arg))
	}
	return values
}

// intoResult converts what a callback returned; conversions run script code and
// may throw.
func (env *environment) intoResult(v goja.Value, dst reflect.Value) (err error) {
	if dst.Type() == errorType && v != nil && !goja.IsUndefined(v) && !goja.IsNull(v) {
		if value, ok := env.toGo(v).(error); ok {
			dst.Set(reflect.ValueOf(&value).Elem())
			return nil
		}
		return fmt.Errorf("could not convert %v to error", v)
	}
	if failed := env.vm.Try(func() { err = env.intoValue(v, dst) }); failed != nil {
		return env.caught(failed)
	}
	return err
}
