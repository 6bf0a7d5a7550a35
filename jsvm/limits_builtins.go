package jsvm

import (
	"strings"

	"github.com/dop251/goja"
)

const (
	// maxTextLength bounds texts made by one call, in characters.
	maxTextLength = 1 << 26
	// maxBufferBytes bounds binary buffers.
	maxBufferBytes = 1 << 28
	// maxJSONDepth bounds the nesting of parsed JSON and of flattened lists:
	// the parser works on the Go stack, whose overflow nobody survives.
	maxJSONDepth = 10_000
)

// guard checks the receiver and the arguments of a built-in function. It
// returns why the call is refused, or "".
type guard func(this goja.Value, args []goja.Value) string

// guardBuiltIns puts limits in front of the built-in functions that can take
// memory or stack without end in a single step, where no interrupt reaches them.
func (env *environment) guardBuiltIns() {
	text, list := env.prototype("String"), env.prototype("Array")
	env.guardMethod(text, "repeat", 1, guardRepeat)
	env.guardMethod(text, "padStart", 1, guardPad)
	env.guardMethod(text, "padEnd", 1, guardPad)
	env.guardMethod(list, "fill", 1, guardLength)
	env.guardMethod(list, "join", 1, guardJoin)
	env.guardMethod(list, "sort", 1, guardLength)
	env.guardMethod(list, "flat", 0, guardFlat)
	if json, ok := env.vm.Get("JSON").(*goja.Object); ok {
		env.guardMethod(json, "parse", 2, guardParse)
	}
	if array, ok := env.vm.Get("Array").(*goja.Object); ok {
		env.guardMethod(array, "from", 1, guardFrom)
	}
	env.guardBuffer()
}

func (env *environment) prototype(class string) *goja.Object {
	constructor, ok := env.vm.Get(class).(*goja.Object)
	if !ok {
		return nil
	}
	prototype, _ := constructor.Get("prototype").(*goja.Object)
	return prototype
}

func (env *environment) guardMethod(owner *goja.Object, name string, arity int, check guard) {
	if owner == nil {
		return
	}
	original, ok := goja.AssertFunction(owner.Get(name))
	if !ok {
		return
	}
	fn := env.native(name, arity, func(call goja.FunctionCall) goja.Value {
		if refused := check(call.This, call.Arguments); refused != "" {
			env.throwRange(refused)
		}
		result, err := original(call.This, call.Arguments...)
		if err != nil {
			panic(err)
		}
		return result
	})
	_ = owner.DefineDataProperty(name, fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// guardBuffer limits the size of an ArrayBuffer. The class stays what it is for
// typeof and instanceof.
func (env *environment) guardBuffer() {
	original, ok := env.vm.Get("ArrayBuffer").(*goja.Object)
	if !ok {
		return
	}
	construct, ok := goja.AssertConstructor(original)
	if !ok {
		return
	}
	guarded := env.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		if size := call.Argument(0); goja.IsNumber(size) && size.ToInteger() > maxBufferBytes {
			env.throwRange("Invalid array buffer length")
		}
		obj, err := construct(nil, call.Arguments...)
		if err != nil {
			panic(err)
		}
		return obj
	}).(*goja.Object)
	prototype := original.Get("prototype")
	_ = guarded.Set("prototype", prototype)
	_ = guarded.Set("isView", original.Get("isView"))
	_ = guarded.DefineDataProperty("name", env.vm.ToValue("ArrayBuffer"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = prototype.(*goja.Object).Set("constructor", guarded)
	_ = env.vm.GlobalObject().DefineDataProperty("ArrayBuffer", guarded, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func (env *environment) throwRange(message string) {
	class, _ := env.vm.Get("RangeError").(*goja.Object)
	obj, err := env.vm.New(class, env.vm.ToValue(message))
	if err != nil {
		panic(err)
	}
	panic(obj)
}

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

func guardRepeat(this goja.Value, args []goja.Value) string {
	if len(args) > 0 && goja.IsNumber(args[0]) && lengthOf(this)*min(args[0].ToInteger(), maxTextLength+1) > maxTextLength {
		return "Invalid string length"
	}
	return ""
}

func guardPad(_ goja.Value, args []goja.Value) string {
	if len(args) > 0 && args[0].ToInteger() > maxTextLength {
		return "Invalid string length"
	}
	return ""
}

func guardLength(this goja.Value, _ []goja.Value) string {
	if lengthOf(this) > maxArrayLength {
		return "Invalid array length"
	}
	return ""
}

func guardFrom(_ goja.Value, args []goja.Value) string {
	if len(args) > 0 && lengthOf(args[0]) > maxArrayLength {
		return "Invalid array length"
	}
	return ""
}

func guardJoin(this goja.Value, args []goja.Value) string {
	separator := int64(1)
	if len(args) > 0 && !goja.IsUndefined(args[0]) {
		separator = max(separator, lengthOf(args[0]))
	}
	if n := lengthOf(this); n > maxArrayLength || n*separator > maxTextLength {
		return "Invalid string length"
	}
	return ""
}

var flatDepth = goja.New().ToValue(maxJSONDepth)

func guardFlat(_ goja.Value, args []goja.Value) string {
	if len(args) > 0 && args[0].ToFloat() > maxJSONDepth {
		args[0] = flatDepth // Infinity is common, and the same for sane lists
	}
	return ""
}

// guardParse refuses texts that nest too deeply.
func guardParse(_ goja.Value, args []goja.Value) string {
	if len(args) == 0 {
		return ""
	}
	text, ok := args[0].(goja.String)
	if !ok || text.Length() <= maxJSONDepth {
		return ""
	}
	if nestsDeeper(text.String(), maxJSONDepth) {
		return "JSON is nested too deeply"
	}
	return ""
}

func nestsDeeper(text string, limit int) bool {
	if strings.Count(text, "[")+strings.Count(text, "{") <= limit {
		return false
	}
	depth, inString := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '[' || c == '{':
			if depth++; depth > limit {
				return true
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return false
}
