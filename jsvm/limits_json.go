package jsvm

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// maxJSONLength bounds the texts that are parsed, in characters.
const maxJSONLength = 1 << 25

// guardJSON replaces the functions of JSON: the engine's own work on the Go
// stack, follow shared parts as often as they are shared, and do not stop.
func (env *environment) guardJSON() {
	env.jsonParse()
	json := env.global("JSON")
	env.replace(json, "parse", 2, env.boundedParse)
	env.replace(json, "stringify", 3, func(native) native { return env.stringify })
}

// boundedParse refuses texts that nest too deeply.
func (env *environment) boundedParse(original native) native {
	return func(call goja.FunctionCall) goja.Value {
		env.checkpoint()
		text := textValue(call.Argument(0))
		if text.Length() > maxJSONLength {
			env.throwRange("JSON is too long")
		}
		if text.Length() > maxJSONDepth && nestsDeeper(text.String(), maxJSONDepth) {
			env.throwRange("JSON is nested too deeply")
		}
		value := original(goja.FunctionCall{This: call.This, Arguments: []goja.Value{text}})
		reviver, ok := goja.AssertFunction(call.Argument(1))
		if !ok {
			return value
		}
		holder := env.vm.NewObject()
		_ = holder.Set("", value)
		return env.revive(holder, "", reviver, 0)
	}
}

// revive applies the reviver of JSON.parse to a value and all below it. The
// reviver may put anything there, itself included.
func (env *environment) revive(holder *goja.Object, key string, reviver goja.Callable, depth int) goja.Value {
	if depth > maxJSONDepth {
		env.throwRange("JSON is nested too deeply")
	}
	env.checkpoint()
	value := holder.Get(key)
	if obj, ok := value.(*goja.Object); ok {
		keys := obj.Keys()
		if env.isArray(obj) {
			keys = indexes(min(lengthOf(obj), maxListLength))
		}
		for _, k := range keys {
			if v := env.revive(obj, k, reviver, depth+1); goja.IsUndefined(v) {
				_ = obj.Delete(k)
			} else {
				_ = obj.DefineDataProperty(k, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_TRUE)
			}
		}
	}
	if value == nil {
		value = goja.Undefined()
	}
	return env.must(reviver(holder, env.vm.ToValue(key), value))
}

func indexes(n int64) []string {
	keys := make([]string, n)
	for i := range keys {
		keys[i] = strconv.Itoa(i)
	}
	return keys
}

// must passes a failure of a script function on to its caller.
func (env *environment) must(v goja.Value, err error) goja.Value {
	if err != nil {
		panic(err)
	}
	return v
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

// stringify is JSON.stringify.
func (env *environment) stringify(call goja.FunctionCall) goja.Value {
	env.nest()
	defer env.unnest()
	w := jsonWriter{env: env}
	if replacer, ok := call.Argument(1).(*goja.Object); ok {
		if fn, ok := goja.AssertFunction(replacer); ok {
			w.replacer = fn
		} else if env.isArray(replacer) {
			w.only = env.propertyList(replacer)
		}
	}
	w.gap = gapOf(call.Argument(2))
	var holder *goja.Object
	if w.replacer != nil {
		holder = env.vm.NewObject()
		_ = holder.Set("", call.Argument(0))
	}
	v, ok := w.resolve(holder, "", call.Argument(0))
	if !ok {
		return goja.Undefined()
	}
	w.value(v)
	return env.vm.ToValue(w.out.String())
}

// propertyList reads a replacer that is a list of names.
func (env *environment) propertyList(list *goja.Object) []string {
	names := []string{}
	seen := map[string]bool{}
	for i := range int(min(lengthOf(list), maxListLength)) {
		v := list.Get(strconv.Itoa(i))
		if obj, ok := v.(*goja.Object); ok && obj.ClassName() != "Number" && obj.ClassName() != "String" {
			continue
		}
		_, isObject := v.(*goja.Object)
		if name := textOf(v); v != nil && (isObject || goja.IsString(v) || goja.IsNumber(v)) && !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}

func gapOf(space goja.Value) string {
	if obj, ok := space.(*goja.Object); ok {
		switch obj.ClassName() {
		case "Number":
			space = obj.ToNumber()
		case "String":
			space = textValue(obj)
		}
	}
	switch {
	case goja.IsNumber(space):
		return strings.Repeat(" ", int(max(0, min(space.ToInteger(), 10))))
	case goja.IsString(space):
		if text := textValue(space); text.Length() > 10 {
			return text.Substring(0, 10).String()
		}
		return space.String()
	}
	return ""
}

// jsonWriter writes a value as JSON.
type jsonWriter struct {
	env      *environment
	out      strings.Builder
	replacer goja.Callable
	// only are the names of members that are written, nil for all.
	only []string
	gap  string
	// stack holds the objects around the current one.
	stack []*goja.Object
	steps int
}

// resolve returns what is written for a member, false when there is nothing.
func (w *jsonWriter) resolve(holder *goja.Object, key string, v goja.Value) (goja.Value, bool) {
	v = w.prepare(holder, key, v)
	if obj, ok := v.(*goja.Object); ok {
		switch obj.ClassName() {
		case "Number":
			v = obj.ToNumber()
		case "String":
			v = textValue(obj)
		case "Boolean", "BigInt":
			v = w.unboxed(obj)
		case "Function":
			return nil, false
		default:
			return obj, true
		}
	}
	_, isSymbol := v.(*goja.Symbol)
	return v, !goja.IsUndefined(v) && !isSymbol
}

// prepare applies toJSON and the replacer.
func (w *jsonWriter) prepare(holder *goja.Object, key string, v goja.Value) goja.Value {
	if v == nil {
		v = goja.Undefined()
	}
	var toJSON goja.Value
	if obj, ok := v.(*goja.Object); ok {
		toJSON = obj.Get("toJSON")
	} else if goja.IsBigInt(v) {
		toJSON = v.ToObject(w.env.vm).Get("toJSON")
	}
	if toJSON != nil {
		if fn, ok := goja.AssertFunction(toJSON); ok {
			v = w.env.must(fn(v, w.env.vm.ToValue(key)))
		}
	}
	if w.replacer != nil {
		v = w.env.must(w.replacer(holder, w.env.vm.ToValue(key), v))
	}
	return v
}

// unboxed returns the primitive value inside of an object.
func (w *jsonWriter) unboxed(obj *goja.Object) goja.Value {
	if method := nativeOf(w.env.prototype(obj.ClassName()).Get("valueOf")); method != nil {
		return method(goja.FunctionCall{This: obj})
	}
	return textValue(obj)
}

// value writes what resolve returned.
func (w *jsonWriter) value(v goja.Value) {
	if w.steps++; w.steps%checkEvery == 0 {
		w.env.checkpoint()
	}
	obj, isObject := v.(*goja.Object)
	switch {
	case isObject:
		w.object(obj)
	case goja.IsString(v):
		w.quote(textValue(v))
	case goja.IsBigInt(v):
		panic(w.env.vm.NewTypeError("Do not know how to serialize a BigInt"))
	case goja.IsNumber(v):
		if f := v.ToFloat(); math.IsNaN(f) || math.IsInf(f, 0) {
			w.out.WriteString("null")
			return
		}
		w.out.WriteString(v.String())
	default: // null and booleans
		w.out.WriteString(v.String())
	}
}

func (w *jsonWriter) object(obj *goja.Object) {
	if slices.Contains(w.stack, obj) {
		panic(w.env.vm.NewTypeError("Converting circular structure to JSON"))
	}
	if len(w.stack) >= maxJSONDepth {
		w.env.throwRange("Value is nested too deeply for JSON")
	}
	w.stack = append(w.stack, obj)
	if w.env.isArray(obj) {
		w.list(obj)
	} else {
		w.members(obj)
	}
	w.stack = w.stack[:len(w.stack)-1]
}

func (w *jsonWriter) list(obj *goja.Object) {
	n := lengthOf(obj)
	if n > maxListLength {
		w.env.throwRange("Invalid array length")
	}
	w.out.WriteByte('[')
	for i := range int(n) {
		w.separate(i == 0)
		key := strconv.Itoa(i)
		if v, ok := w.resolve(obj, key, obj.Get(key)); ok {
			w.value(v)
		} else {
			w.out.WriteString("null")
		}
	}
	w.end(n == 0, ']')
}

func (w *jsonWriter) members(obj *goja.Object) {
	keys := w.only
	if keys == nil {
		keys = obj.Keys()
	}
	w.out.WriteByte('{')
	empty := true
	for _, key := range keys {
		v, ok := w.resolve(obj, key, obj.Get(key))
		if !ok {
			continue
		}
		w.separate(empty)
		empty = false
		w.quote(textValue(w.env.vm.ToValue(key)))
		w.out.WriteByte(':')
		if w.gap != "" {
			w.out.WriteByte(' ')
		}
		w.value(v)
	}
	w.end(empty, '}')
}

// separate begins a member of the current object.
func (w *jsonWriter) separate(isFirst bool) {
	if !isFirst {
		w.out.WriteByte(',')
	}
	w.line(len(w.stack))
}

// end closes the current object.
func (w *jsonWriter) end(empty bool, bracket byte) {
	if !empty {
		w.line(len(w.stack) - 1)
	}
	w.out.WriteByte(bracket)
}

func (w *jsonWriter) line(depth int) {
	if w.out.Len() > maxTextLength {
		w.env.throwRange("Invalid string length")
	}
	if w.gap == "" {
		return
	}
	w.out.WriteByte('\n')
	for range depth {
		w.out.WriteString(w.gap)
	}
}

// quote writes a text. Halves of pairs that stand alone are escaped.
func (w *jsonWriter) quote(text goja.String) {
	const hex = "0123456789abcdef"
	w.out.WriteByte('"')
	if plain := text.String(); len(plain) == text.Length() && !strings.ContainsFunc(plain, mustEscape) {
		w.out.WriteString(plain)
		w.out.WriteByte('"')
		return
	}
	for i := 0; i < text.Length(); i++ {
		c := rune(text.CharAt(i))
		switch {
		case c == '"' || c == '\\':
			w.out.WriteByte('\\')
			w.out.WriteByte(byte(c))
		case c < ' ':
			w.escape(c, hex)
		case c < utf8.RuneSelf:
			w.out.WriteByte(byte(c))
		case !utf16.IsSurrogate(c):
			w.out.WriteRune(c)
		default:
			low := rune(0)
			if i+1 < text.Length() {
				low = rune(text.CharAt(i + 1))
			}
			if pair := utf16.DecodeRune(c, low); pair != utf8.RuneError {
				w.out.WriteRune(pair)
				i++
			} else {
				w.escape(c, hex)
			}
		}
	}
	w.out.WriteByte('"')
}

func mustEscape(c rune) bool { return c < ' ' || c == '"' || c == '\\' }

func (w *jsonWriter) escape(c rune, hex string) {
	if i := strings.IndexRune("\b\t\n\f\r", c); i >= 0 {
		w.out.WriteByte('\\')
		w.out.WriteByte("btnfr"[i])
		return
	}
	w.out.WriteString(`\u`)
	for shift := 12; shift >= 0; shift -= 4 {
		w.out.WriteByte(hex[c>>shift&0xf])
	}
}
