package jsvm

import (
	"maps"
	"reflect"
	"slices"
	"strconv"

	"github.com/dop251/goja"
)

var arrayBufferType = reflect.TypeFor[goja.ArrayBuffer]()

// listMethods are the functions of lists that go through the whole list, with
// their number of arguments.
var listMethods = map[string]int{
	"copyWithin": 2, "every": 1, "fill": 1, "filter": 1, "find": 1, "findIndex": 1, "findLast": 1, "findLastIndex": 1,
	"flatMap": 1, "forEach": 1, "includes": 1, "indexOf": 1, "lastIndexOf": 1, "map": 1, "reduce": 1, "reduceRight": 1,
	"reverse": 0, "shift": 0, "slice": 2, "some": 1, "splice": 2, "toReversed": 0, "toSpliced": 2, "unshift": 1, "with": 2,
}

// listGuards limit what the functions of lists go through: a list can claim any
// length without having an element.
func listGuards() []lateGuard {
	var guards []lateGuard
	add := func(name string, install func(env *environment, list *goja.Object)) {
		guards = append(guards, lateGuard{[]string{name, needComputed}, func(env *environment) { install(env, env.listPrototype()) }})
	}
	for _, name := range slices.Sorted(maps.Keys(listMethods)) {
		add(name, func(env *environment, list *goja.Object) { env.guardMethod(list, name, listMethods[name], guardLength) })
	}
	for _, name := range []string{"sort", "toSorted"} {
		add(name, func(env *environment, list *goja.Object) { env.replace(list, name, 1, env.boundedSort) })
	}
	add("toLocaleString", func(env *environment, list *goja.Object) { env.replace(list, "toLocaleString", 0, env.boundedText) })
	add("concat", func(env *environment, list *goja.Object) { env.guardMethod(list, "concat", 1, guardConcat) })
	add("flat", func(env *environment, list *goja.Object) {
		env.replace(list, "flat", 0, func(native) native { return env.flat })
	})
	return append(guards, lateGuard{[]string{"from", "Array", needComputed}, func(env *environment) {
		env.guardMethod(env.global("Array"), "from", 1, func(_ goja.Value, args []goja.Value) string { return guardLength(first(args), nil) })
	}})
}

// guardListTexts limits what makes a text of a list, which the engine calls
// wherever it needs one.
func (env *environment) guardListTexts() {
	list := env.listPrototype()
	env.replace(list, "join", 1, env.boundedJoin)
	env.replace(list, "toString", 0, env.boundedText)
}

// iteratorGuards make loops over iterators inside of built-in functions, as in
// `[...list]`, notice an interrupt, and bound generators that delegate to others.
func iteratorGuards() []lateGuard {
	loops := []string{
		needSpread, needComputed, "iterator", "next", "Set", "Map", "WeakSet", "WeakMap", "from", "fromEntries", "fromAsync", "groupBy",
		"all", "allSettled", "any", "race", "AggregateError",
	}
	loops = slices.AppendSeq(loops, maps.Keys(bufferSizes))
	return []lateGuard{
		{loops, func(env *environment) { env.guardIterator(env.iteratorOf(env.plainList())) }},
		{loops, func(env *environment) { env.guardIterator(env.iteratorOf(env.plainText())) }},
		{[]string{"Map"}, func(env *environment) { env.guardIterator(env.prototypeOf(mapIterator)) }},
		{[]string{"Set"}, func(env *environment) { env.guardIterator(env.prototypeOf(setIterator)) }},
		{[]string{needYield}, (*environment).guardGenerators},
	}
}

// What evaluates to iterators and functions that have no name.
var (
	mapIterator       = goja.MustCompile(webName, `new Map().entries()`, true)
	setIterator       = goja.MustCompile(webName, `new Set().values()`, true)
	plainFunction     = goja.MustCompile(webName, `(function () {})`, true)
	generatorFunction = goja.MustCompile(webName, `(function* () {})`, true)
	asyncFunction     = goja.MustCompile(webName, `(async function () {})`, true)
	regExp            = goja.MustCompile(webName, `/x/`, true)
)

// prototypeOf returns the prototype of what a program evaluates to, nil if it fails.
func (env *environment) prototypeOf(program *goja.Program) *goja.Object {
	v, err := env.vm.RunProgram(program)
	if err != nil {
		return nil
	}
	return v.(*goja.Object).Prototype()
}

// iteratorOf returns the prototype of the iterators of a value.
func (env *environment) iteratorOf(obj *goja.Object) *goja.Object {
	iterate := nativeOf(obj.GetSymbol(goja.SymIterator))
	if iterate == nil {
		return nil
	}
	iterator, _ := iterate(goja.FunctionCall{This: obj}).(*goja.Object)
	return iterator.Prototype()
}

func (env *environment) guardIterator(prototype *goja.Object) {
	env.replace(prototype, "next", 0, func(original native) native {
		return func(call goja.FunctionCall) goja.Value {
			env.checkpoint()
			return original(call)
		}
	})
}

func (env *environment) guardGenerators() {
	function := env.prototypeOf(generatorFunction)
	if function == nil {
		return
	}
	prototype, _ := function.Get("prototype").(*goja.Object)
	for _, name := range []string{"next", "return", "throw"} {
		env.replace(prototype, name, 1, func(original native) native {
			return func(call goja.FunctionCall) goja.Value {
				env.nest()
				defer env.unnest()
				return original(call)
			}
		})
	}
}

func first(args []goja.Value) goja.Value {
	if len(args) == 0 {
		return goja.Undefined()
	}
	return args[0]
}

func guardLength(this goja.Value, _ []goja.Value) string {
	if lengthOf(this) > maxListLength {
		return "Invalid array length"
	}
	return ""
}

func guardConcat(this goja.Value, args []goja.Value) string {
	total := lengthOf(this)
	for _, arg := range args {
		if _, ok := arg.(*goja.Object); ok {
			total += lengthOf(arg)
		}
	}
	if total > maxListLength {
		return "Invalid array length"
	}
	return ""
}

// boundedSort compares the texts of elements where the engine would, in a way
// that notices interrupts.
func (env *environment) boundedSort(original native) native {
	byText := env.native("", 2, func(call goja.FunctionCall) goja.Value {
		env.checkpoint()
		a, b := textValue(call.Argument(0)), textValue(call.Argument(1))
		return env.vm.ToValue(a.CompareTo(b))
	})
	return func(call goja.FunctionCall) goja.Value {
		env.checkpoint()
		n := lengthOf(call.This)
		if n > maxListLength {
			env.throwRange("Invalid array length")
		}
		if n > checkEvery && goja.IsUndefined(call.Argument(0)) {
			call.Arguments = []goja.Value{byText}
		}
		return original(call)
	}
}

// boundedText is the text form of a list, which for lists of lists calls itself
// without any script in between.
func (env *environment) boundedText(original native) native {
	return func(call goja.FunctionCall) goja.Value {
		env.nest()
		defer env.unnest()
		if refused := guardLength(call.This, nil); refused != "" {
			env.throwRange(refused)
		}
		return original(call)
	}
}

// boundedJoin joins the texts of elements up to the longest text there may be.
// A list within itself is left out, as in other engines.
func (env *environment) boundedJoin(original native) native {
	return func(call goja.FunctionCall) goja.Value {
		env.nest()
		defer env.unnest()
		n := lengthOf(call.This)
		if n > maxListLength {
			env.throwRange("Invalid string length")
		}
		list := call.This.ToObject(env.vm)
		if slices.Contains(env.joining, list) {
			return env.vm.ToValue("")
		}
		env.joining = append(env.joining, list)
		defer func() { env.joining = env.joining[:len(env.joining)-1] }()
		if n < 8 {
			return original(call)
		}
		separator := textValue(env.vm.ToValue(","))
		if arg := call.Argument(0); !goja.IsUndefined(arg) {
			separator = textValue(arg)
		}
		return env.join(list, int(n), separator)
	}
}

func (env *environment) join(list *goja.Object, n int, separator goja.String) goja.Value {
	var out goja.StringBuilder
	length := 0
	write := func(text goja.String) {
		if length += text.Length(); length > maxTextLength {
			env.throwRange("Invalid string length")
		}
		out.WriteString(text)
	}
	for i := range n {
		if i%checkEvery == 0 {
			env.checkpoint()
		}
		if i > 0 {
			write(separator)
		}
		if v := list.Get(strconv.Itoa(i)); v != nil && !goja.IsUndefined(v) && !goja.IsNull(v) {
			write(textValue(v))
		}
	}
	return out.String()
}

// flat is Array.prototype.flat.
func (env *environment) flat(call goja.FunctionCall) goja.Value {
	depth := 1
	if arg := call.Argument(0); !goja.IsUndefined(arg) {
		depth = int(max(0, min(arg.ToInteger(), maxJSONDepth)))
	}
	f := flattener{env: env}
	f.add(call.This.ToObject(env.vm), depth)
	return env.vm.NewArray(f.out...)
}

type flattener struct {
	env   *environment
	out   []any
	steps int
}

func (f *flattener) add(list *goja.Object, depth int) {
	f.env.checkpoint()
	n := int(min(lengthOf(list), maxListLength+1))
	if n > maxListLength {
		f.env.throwRange("Invalid array length")
	}
	for i := range n {
		if f.steps++; f.steps%checkEvery == 0 {
			f.env.checkpoint()
		}
		v := list.Get(strconv.Itoa(i))
		if v == nil {
			continue // a hole
		}
		if inner, ok := v.(*goja.Object); ok && depth > 0 && f.env.isArray(inner) {
			f.add(inner, depth-1)
			continue
		}
		if len(f.out) >= maxListLength {
			f.env.throwRange("Invalid array length")
		}
		f.out = append(f.out, v)
	}
}

var proxyType = reflect.TypeFor[goja.Proxy]()

// isArray is Array.isArray.
func (env *environment) isArray(obj *goja.Object) bool {
	for range maxNesting {
		if obj.ExportType() != proxyType {
			return obj.ClassName() == "Array"
		}
		proxy, ok := exported(obj).(goja.Proxy)
		if !ok || proxy.Target() == nil {
			return false
		}
		obj = proxy.Target()
	}
	env.throwRange("Maximum call stack size exceeded")
	return false
}
