package jsvm

import (
	"maps"
	"slices"

	"github.com/dop251/goja"
)

const (
	// maxTextLength bounds texts made by one call, in characters.
	maxTextLength = 1 << 26
	// maxBufferBytes bounds binary buffers.
	maxBufferBytes = 1 << 28
	// maxJSONDepth bounds the nesting of JSON and of flattened lists: whatever
	// follows it works on the Go stack, whose overflow nobody survives.
	maxJSONDepth = 10_000
	// maxListLength bounds the lists that a built-in function goes through.
	maxListLength = 1 << 21
	// maxArguments bounds lists that become the arguments of a call.
	maxArguments = 1 << 18
	// maxNesting bounds built-in functions that call each other, such as the
	// text form of a list of lists.
	maxNesting = 1000
	// checkEvery is after how many steps of a loop an interrupt is looked for.
	checkEvery = 1 << 10
)

// native is a built-in function.
type native = func(goja.FunctionCall) goja.Value

// guard checks the receiver and the arguments of a built-in function. It
// returns why the call is refused, or "".
type guard func(this goja.Value, args []goja.Value) string

// global returns a global object, nil when there is none of that name.
func (env *environment) global(name string) *goja.Object {
	obj, _ := env.vm.Get(name).(*goja.Object)
	return obj
}

func (env *environment) prototype(class string) *goja.Object {
	constructor := env.global(class)
	if constructor == nil {
		return nil
	}
	prototype, _ := constructor.Get("prototype").(*goja.Object)
	return prototype
}

// nativeOf returns the Go function of a built-in one, nil when it has none.
func nativeOf(v goja.Value) native {
	if obj, ok := v.(*goja.Object); ok {
		if fn, ok := exported(obj).(native); ok {
			return fn
		}
	}
	return nil
}

// replace puts another function in the place of a built-in one.
func (env *environment) replace(owner *goja.Object, name string, arity int, with func(original native) native) {
	if owner == nil {
		return
	}
	if original := nativeOf(owner.Get(name)); original != nil {
		fn := env.native(name, arity, with(original))
		_ = owner.DefineDataProperty(name, fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
}

// guardMethod lets a check decide whether a built-in function is called.
func (env *environment) guardMethod(owner *goja.Object, name string, arity int, check guard) {
	env.replace(owner, name, arity, func(original native) native {
		return func(call goja.FunctionCall) goja.Value {
			env.checkpoint()
			if refused := check(call.This, call.Arguments); refused != "" {
				env.throwRange(refused)
			}
			return original(call)
		}
	})
}

// nest counts built-in functions within each other; unnest is deferred.
func (env *environment) nest() {
	env.checkpoint()
	if env.nesting >= maxNesting {
		env.throwRange("Maximum call stack size exceeded")
	}
	env.nesting++
}

func (env *environment) unnest() { env.nesting-- }

func (env *environment) throwRange(message string) {
	panic(env.newError("RangeError", message))
}

func (env *environment) newError(class, message string) *goja.Object {
	obj, err := env.vm.New(env.errorClass(class), env.vm.ToValue(message))
	if err != nil {
		panic(err)
	}
	return obj
}

// errorClass returns a built-in class even if a script hides it.
func (env *environment) errorClass(name string) *goja.Object {
	if class, ok := env.classes[name]; ok {
		return class
	}
	class := env.global(name)
	if env.classes == nil {
		env.classes = map[string]*goja.Object{}
	}
	env.classes[name] = class
	return class
}

// lengthOf returns the length of a text or a list, else 0.
func lengthOf(v goja.Value) int64 {
	switch v := v.(type) {
	case goja.String:
		return int64(v.Length())
	case *goja.Object:
		if length := v.Get("length"); length != nil {
			return length.ToInteger()
		}
	}
	return 0
}

// guardErrorTexts limits the text of an error, which calls itself without any
// script in between where an error is its own message. The engine calls it by itself
// when an error is thrown that nobody catches.
func (env *environment) guardErrorTexts() {
	env.replace(env.prototype("Error"), "toString", 0, func(original native) native {
		return func(call goja.FunctionCall) goja.Value {
			env.nest()
			defer env.unnest()
			return original(call)
		}
	})
}

// callGuards bound what turns a list into arguments.
func callGuards() []lateGuard {
	tooMany := func(at int) guard {
		return func(_ goja.Value, args []goja.Value) string {
			if at < len(args) && lengthOf(args[at]) > maxArguments {
				return "Too many arguments"
			}
			return ""
		}
	}
	return []lateGuard{
		{[]string{"apply", needComputed}, func(env *environment) { env.guardMethod(env.functionPrototype(), "apply", 2, tooMany(1)) }},
		{[]string{"Reflect"}, func(env *environment) {
			reflect := env.global("Reflect")
			env.guardMethod(reflect, "apply", 3, tooMany(2))
			env.guardMethod(reflect, "construct", 2, tooMany(1))
		}},
	}
}

// bufferSizes are the classes of lists of numbers, with the size of an element.
var bufferSizes = map[string]int64{
	"Int8Array": 1, "Uint8Array": 1, "Uint8ClampedArray": 1, "Int16Array": 2, "Uint16Array": 2, "Int32Array": 4,
	"Uint32Array": 4, "Float32Array": 4, "Float64Array": 8, "BigInt64Array": 8, "BigUint64Array": 8,
}

// bufferGuards limit the size of binary buffers. The classes stay what they are
// for typeof and instanceof. A list of numbers leads to its buffer.
func bufferGuards() []lateGuard {
	names := slices.Sorted(maps.Keys(bufferSizes))
	guards := []lateGuard{{append([]string{"ArrayBuffer", "constructor"}, names...), func(env *environment) { env.guardBuffer("ArrayBuffer", 1) }}}
	for _, name := range names {
		guards = append(guards, lateGuard{[]string{name, "constructor"}, func(env *environment) { env.guardBuffer(name, bufferSizes[name]) }})
	}
	return guards
}

func (env *environment) guardBuffer(name string, elementSize int64) {
	original := env.global(name)
	if original == nil {
		return
	}
	construct, ok := goja.AssertConstructor(original)
	if !ok {
		return
	}
	guarded := env.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		env.checkpoint()
		if arg := call.Argument(0); sizeGiven(arg) > maxBufferBytes/elementSize {
			env.throwRange("Invalid array buffer length")
		}
		obj, err := construct(call.NewTarget, call.Arguments...)
		if err != nil {
			panic(err)
		}
		return obj
	}).(*goja.Object)
	_ = guarded.SetPrototype(original.Prototype())
	for _, key := range original.GetOwnPropertyNames() {
		if key != "prototype" && key != "name" && key != "length" {
			_ = guarded.DefineDataProperty(key, original.Get(key), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
		}
	}
	_ = replaceClass(env, name, original, guarded)
}

// sizeGiven returns the size that a buffer is made for.
func sizeGiven(v goja.Value) int64 {
	if obj, ok := v.(*goja.Object); ok {
		if typ := obj.ExportType(); typ != nil && typ.PkgPath() == arrayBufferType.PkgPath() && typ.Name() == arrayBufferType.Name() {
			return 0 // a view of a buffer that exists
		}
		return lengthOf(obj)
	}
	if goja.IsNumber(v) || goja.IsString(v) {
		return v.ToInteger()
	}
	return 0
}
