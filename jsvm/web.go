package jsvm

import (
	"embed"
	"slices"
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja_nodejs/buffer"
	"github.com/dop251/goja_nodejs/require"
	"github.com/dop251/goja_nodejs/url"
)

// webFiles are the parts of the web platform that are written in script. Each is
// a function of the native part it needs, and returns the globals it makes.
//
//go:embed web/*.js
var webFiles embed.FS

// webName is where their stack frames claim to be.
const webName = "<native>"

// webGlobals tells which part makes a global. None is made before a script asks
// for it, so that a runtime stays small.
var webGlobals = map[string]string{
	"setTimeout": "timers", "setInterval": "timers", "setImmediate": "timers",
	"clearTimeout": "timers", "clearInterval": "timers", "clearImmediate": "timers", "queueMicrotask": "timers",
	"DOMException": "events", "Event": "events", "CustomEvent": "events", "EventTarget": "events",
	"AbortController": "events", "AbortSignal": "events",
	"fetch": "fetch", "Headers": "fetch", "Request": "fetch", "Response": "fetch",
	"TextEncoder": "text", "TextDecoder": "text", "atob": "text", "btoa": "text",
	"structuredClone": "clone", "crypto": "crypto", "CryptoKey": "crypto", "performance": "performance",
	"WeakRef": "weak", "FinalizationRegistry": "weak",
	"URL": "url", "URLSearchParams": "url", "Buffer": "buffer", "Blob": "blob", "File": "blob",
	"ReadableStream": "streams", "ReadableStreamDefaultReader": "streams",
}

// webNatives are the native parts.
var webNatives = map[string]func(*environment) members{
	"timers":      timerNatives,
	"fetch":       fetchNatives,
	"text":        textNatives,
	"crypto":      cryptoNatives,
	"performance": performanceNatives,
	"clone":       cloneNatives,
	"url":         urlNatives,
	"buffer":      bufferNatives,
	"blob":        blobNatives,
}

// webPart returns the globals of one part.
func (env *environment) webPart(name string) *goja.Object {
	if made, ok := env.webParts[name]; ok {
		return made
	}
	native := env.vm.NewObject()
	if bind := webNatives[name]; bind != nil {
		for member, fn := range bind(env) {
			_ = native.Set(member, fn)
		}
	}
	_ = native.Set("part", func(call goja.FunctionCall) goja.Value { return env.webPart(call.Argument(0).String()) })
	outer := env.makingWeb
	env.makingWeb = true
	defer func() { env.makingWeb = outer }()
	made := env.evaluateWeb(name, native)
	if env.webParts == nil {
		env.webParts = map[string]*goja.Object{}
	}
	env.webParts[name] = made
	env.builtIns.prototypes = nil // there are more now
	global := env.vm.GlobalObject()
	for _, key := range made.Keys() {
		if _, ours := webGlobals[key]; ours && !hasOwn(global, key) {
			_ = global.DefineDataProperty(key, made.Get(key), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
	}
	return made
}

func hasOwn(obj *goja.Object, key string) bool {
	return slices.Contains(obj.GetOwnPropertyNames(), key)
}

// evaluateWeb runs a file of the web platform with its native part.
func (env *environment) evaluateWeb(name string, native goja.Value) *goja.Object {
	part, err := webProgram(name)
	if err == nil {
		env.guardText(part.needs)
		var value goja.Value
		if value, err = env.vm.RunProgram(part.program); err == nil {
			fn, _ := goja.AssertFunction(value)
			if value, err = fn(goja.Undefined(), native); err == nil {
				return value.(*goja.Object)
			}
		}
	}
	panic(err)
}

// webCode is a compiled file. Its needs are those of its names: what it computes
// are no names of built-in members.
type webCode struct {
	program *goja.Program
	needs   needs
}

// webPrograms holds the compiled files.
var webPrograms sync.Map // name → func() (webCode, error)

func webProgram(name string) (webCode, error) {
	compile, _ := webPrograms.LoadOrStore(name, sync.OnceValues(func() (c webCode, err error) {
		source, err := webFiles.ReadFile("web/" + name + ".js")
		if err != nil {
			return c, err
		}
		parsed, err := goja.Parse(webName, string(source))
		if err != nil {
			return c, err
		}
		c.needs = needsOf(parsed, string(source))
		delete(c.needs, needComputed)
		c.program, err = goja.CompileAST(parsed, true)
		return c, err
	}))
	return compile.(func() (webCode, error))()
}

func bufferNatives(env *environment) members {
	return members{"module": env.nodeModule(buffer.Require), "decode": env.decodeLossy}
}

func urlNatives(env *environment) members {
	return members{"module": env.nodeModule(url.Require), "decode": env.decodeLossy}
}

// decodeLossy returns the text of bytes in an encoding, UTF-8 unless named.
func (env *environment) decodeLossy(call goja.FunctionCall) goja.Value {
	text, _ := decodeText(binaryOf(call.Argument(0)), encodingName(call.Argument(1).String()), false)
	return env.vm.ToValue(text)
}

// registerWebModules makes the modules of Node that stand for globals have the
// same classes as those.
func registerWebModules(reg *require.Registry) {
	for name, globals := range map[string][]string{
		buffer.ModuleName: {"Buffer", "atob", "btoa"},
		url.ModuleName:    {"URL", "URLSearchParams"},
	} {
		load := func(vm *goja.Runtime, module *goja.Object) {
			exports := module.Get("exports").(*goja.Object)
			for _, global := range globals {
				_ = exports.Set(global, vm.Get(global))
			}
		}
		reg.RegisterNativeModule(name, load)
		reg.RegisterNativeModule(require.NodePrefix+name, load)
	}
}

// nodeModule returns what a module of Node that is written in Go exports.
func (env *environment) nodeModule(load func(*goja.Runtime, *goja.Object)) *goja.Object {
	module, exports := env.vm.NewObject(), env.vm.NewObject()
	_ = module.Set("exports", exports)
	load(env.vm, module)
	return exports
}

// callable returns the argument at i, which must be a function.
func (env *environment) callable(call goja.FunctionCall, i int) goja.Callable {
	fn, ok := goja.AssertFunction(call.Argument(i))
	if !ok {
		panic(env.vm.NewTypeError("argument %d must be a function", i+1))
	}
	return fn
}
