package jsvm

import (
	"errors"
	"fmt"
	"reflect"
	"runtime/debug"
	"strings"
	"sync/atomic"

	"github.com/dop251/goja"
	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/web"
)

// scriptError is a value that a script threw, on its way through Go. Thrown
// again in the runtime it came from it is the same value.
type scriptError struct {
	origin *environment
	value  goja.Value
	// cause is the Go error that the value stands for, if any.
	cause error
	// goError tells that the value is a GoError around the cause.
	goError bool
	// name and message are those of a thrown Error, exported is any other
	// thrown object as plain data.
	name, message string
	exported      any
	text          string
	// frames is the call stack, innermost first, one "at …" line per frame.
	frames string
	// reported tells that the error is in the log.
	reported atomic.Bool
}

// Error returns the text of the thrown value.
func (e *scriptError) Error() string { return e.text }

// Unwrap returns the Go error behind the value, so that API errors and missing
// rows are recognised whoever threw them.
func (e *scriptError) Unwrap() error { return e.cause }

// caught turns what a script call failed with into a Go error.
func (env *environment) caught(err error) error {
	var thrown *goja.Exception
	switch e := err.(type) { //nolint:errorlint // goja returns these as they are
	case nil:
		return nil
	case *goja.Exception:
		if cause := env.machine.interrupted(); cause != nil {
			env.fail() // what was thrown comes of the interrupt
			return &stopError{cause: cause, place: firstFrame(e.Stack())}
		}
		thrown = e
	case *goja.InterruptedError:
		env.fail()
		cause := e.Unwrap()
		if cause == nil {
			cause = errScriptTime
		}
		return &stopError{cause: cause, place: firstFrame(e.Stack())}
	case *goja.StackOverflowError:
		env.fail()
		return &stopError{cause: errScriptDepth, place: firstFrame(e.Stack())}
	default:
		return err
	}
	var result error
	if failed := env.vm.Try(func() { result = env.describe(thrown) }); failed != nil {
		return errors.New("script threw a value that cannot be shown")
	}
	return result
}

// describe collects what is known about a thrown value while its runtime may be
// used. A value adopted from another runtime is again the error it was.
func (env *environment) describe(thrown *goja.Exception) *scriptError {
	if obj, ok := thrown.Value().(*goja.Object); ok {
		if original, ok := env.adopted[obj]; ok {
			return original
		}
	}
	return env.describeValue(thrown.Value(), stackText(thrown.Stack()))
}

func (env *environment) describeValue(v goja.Value, frames string) *scriptError {
	e := &scriptError{origin: env, value: v, frames: frames}
	obj, ok := e.value.(*goja.Object)
	if !ok {
		e.text = shownText(e.value)
		return e
	}
	if obj.ClassName() == "Error" {
		e.name, e.message = textOf(obj.Get("name")), textOf(obj.Get("message"))
		e.cause = env.errorOf(obj)
		e.goError = e.cause != nil
	} else if w, ok := exported(obj).(wrapper); ok {
		e.cause, _ = w.goValue().(error)
	} else {
		e.exported = env.toGo(obj)
	}
	if _, ok := errors.AsType[validation.Error](e.cause); ok {
		// A thrown ValidationError says nothing about a field, it must not
		// pass for the outcome of a validated form.
		e.cause = nil
	}
	e.text = shownText(e.value)
	return e
}

func textOf(v goja.Value) string {
	if v == nil {
		return ""
	}
	return v.String()
}

// maxErrorText bounds the texts of errors, in characters.
const maxErrorText = 1 << 13

// shownText is textOf without what is too much to log.
func shownText(v goja.Value) string {
	text := textOf(v)
	if len(text) <= maxErrorText {
		return text
	}
	return strings.ToValidUTF8(text[:maxErrorText], "") + "…"
}

// errorOf returns the Go error inside a GoError, nil for other errors.
func (env *environment) errorOf(obj *goja.Object) error {
	if !env.vm.InstanceOf(obj, env.goErrorClass()) {
		return nil
	}
	value := obj.Get("value")
	if value == nil {
		return nil
	}
	err, _ := env.toGo(value).(error)
	return err
}

// throwGo throws a Go error into the running script. An error that a script
// threw arrives as the value that was thrown; any other is a GoError.
func (env *environment) throwGo(err error) {
	if thrown := thrownBy(err); thrown != nil {
		if thrown.origin == env {
			panic(thrown.value)
		}
		adopted := env.adopt(thrown)
		if obj, ok := adopted.(*goja.Object); ok {
			env.adopted[obj] = thrown
		}
		panic(adopted)
	}
	panic(env.goError(err))
}

func (env *environment) goError(err error) *goja.Object {
	obj := env.vm.NewGoError(err)
	_ = obj.Set("value", env.toJS(err))
	return obj
}

// thrownBy finds the thrown value that an error was wrapped around. An API error
// on the way means that Go code decided to answer something else.
func thrownBy(err error) *scriptError {
	for err != nil {
		switch e := err.(type) { //nolint:errorlint // the chain is walked by hand
		case *scriptError:
			return e
		case *web.ApiError:
			return nil
		}
		err = errors.Unwrap(err)
	}
	return nil
}

// adopt makes the counterpart of a value that another runtime threw.
func (env *environment) adopt(e *scriptError) goja.Value {
	switch {
	case e.goError:
		return env.goError(e.cause)
	case e.cause != nil:
		return env.toJS(e.cause)
	case e.name != "":
		class, ok := env.vm.Get(e.name).(*goja.Object)
		if !ok {
			class = env.vm.Get("Error").(*goja.Object)
		}
		obj, err := env.vm.New(class, env.vm.ToValue(e.message))
		if err != nil {
			return env.vm.ToValue(e.text)
		}
		_ = obj.DefineDataProperty("stack", env.vm.ToValue(e.text+"\n"+e.frames), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		return obj
	case e.exported != nil:
		return env.toJS(e.exported)
	}
	return e.value // primitive values belong to no runtime
}

func stackText(frames []goja.StackFrame) string {
	var b strings.Builder
	for _, frame := range frames {
		if frame.SrcName() == "<native>" {
			continue
		}
		pos := frame.Position()
		fmt.Fprintf(&b, "    at %s (%s:%d:%d)\n", frame.FuncName(), authorPath(pos.Filename), pos.Line, pos.Column)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func firstFrame(frames []goja.StackFrame) string {
	for _, frame := range frames {
		if pos := frame.Position(); pos.Filename != "" && pos.Filename[0] != '<' {
			return fmt.Sprintf(" at %s:%d", authorPath(pos.Filename), pos.Line)
		}
	}
	return ""
}

// isEnginePanic reports whether a recovered value belongs to goja, which uses
// panics for exceptions and interrupts.
func isEnginePanic(v any) bool {
	if _, ok := v.(goja.Value); ok {
		return true
	}
	typ := reflect.TypeOf(v)
	for typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	return typ.PkgPath() == reflect.TypeFor[goja.Exception]().PkgPath()
}

// rejected makes the error of a promise that was rejected with a value.
func (env *environment) rejected(v goja.Value) error {
	var result error
	if failed := env.vm.Try(func() { result = env.describeValue(v, "") }); failed != nil {
		return errors.New("script rejected with a value that cannot be shown")
	}
	return result
}

// panicked makes an error of a panic that left the runtime and logs its stack.
func (env *environment) panicked(cause any) error {
	if err, ok := cause.(error); ok && isEnginePanic(cause) {
		return env.caught(err)
	}
	err := fmt.Errorf("panic: %v", cause)
	env.logger().Error("panic in a script", "error", err, "stack", string(debug.Stack()))
	return err
}
