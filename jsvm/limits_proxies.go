package jsvm

import "github.com/dop251/goja"

// maxProxies bounds proxies of proxies, which the engine follows on the Go stack.
const maxProxies = 256

// guardProxies limits how deep proxies stand in front of each other.
func (env *environment) guardProxies() {
	original := env.global("Proxy")
	if original == nil {
		return
	}
	construct, ok := goja.AssertConstructor(original)
	if !ok {
		return
	}
	guarded := env.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		env.checkProxy(call.Arguments)
		obj, err := construct(nil, call.Arguments...)
		if err != nil {
			panic(err)
		}
		return obj
	}).(*goja.Object)
	_ = guarded.DefineDataProperty("name", env.vm.ToValue("Proxy"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = guarded.DefineDataProperty("length", env.vm.ToValue(2), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	if revocable := nativeOf(original.Get("revocable")); revocable != nil {
		fn := env.native("revocable", 2, func(call goja.FunctionCall) goja.Value {
			env.checkProxy(call.Arguments)
			return revocable(call)
		})
		_ = guarded.DefineDataProperty("revocable", fn, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	_ = env.vm.GlobalObject().DefineDataProperty("Proxy", guarded, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// checkProxy refuses a target or a handler behind which there are too many proxies.
func (env *environment) checkProxy(args []goja.Value) {
	env.checkpoint()
	for _, arg := range args[:min(2, len(args))] {
		if obj, ok := arg.(*goja.Object); ok && env.proxies(obj, 0) > maxProxies {
			env.throwRange("Too many proxies of proxies")
		}
	}
}

// proxies counts the proxies behind an object, up to one more than may be. Their
// targets, handlers and prototypes count together.
func (env *environment) proxies(obj *goja.Object, n int) int {
	for obj != nil && n <= maxProxies {
		if obj.ExportType() != proxyType {
			return n
		}
		proxy, ok := exported(obj).(goja.Proxy)
		if !ok {
			return n
		}
		n++
		if handler := proxy.Handler(); handler != nil {
			n = env.proxies(handler, n)
		}
		obj = proxy.Target()
	}
	return n
}
