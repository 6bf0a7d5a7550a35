package jsvm

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

func TestNeeds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ source, want string }{
		{`a.map(f)`, "a f map"},
		{`a["map"](f); a?.["at"]`, "a at f map"},
		{`a["m\x61p"]; a.m\u0061p`, "a map"},
		{`a[0] + a[n - 1] + a[-1] + a[~~n] + a[2 * n]`, "a n"},
		{`a[k]`, "[] a k"},
		{`f(a[n + 1])`, "[] a f n"},
		{`for (let i = 0; i < n; i++) f(a[i], a[i + 1])`, "a f i n"},
		{`for (let i = n.length - 1; i >= 0; i--) f(a[i])`, "a f i length n"},
		{`for (const i in n) f(a[i])`, "[] a f i n"},
		{`let i = 0; i += k; f(a[i])`, "[] a f i k"},
		{`let i = 0, j = i; i += 1; f(a[j])`, "a f i j"},
		{`let i = 0, j = i; i = k; f(a[j])`, "[] a f i j k"},
		{`let i = 0; ({ i } = k); f(a[i])`, "[] a f i k"},
		{`let i = 0; [i] = k; f(a[i])`, "[] a f i k"},
		{`let i = 0; (i) => f(a[i])`, "[] a f i"},
		{`let i = 0; (...i) => f(a[i])`, "[] a f i"},
		{`let i = 0; try {} catch (i) { f(a[i]) }`, "[] a f i"},
		{`let i = 0; function g() { function i() {} f(a[i]) }`, "[] a f g i"},
		{`let i = 0; with (k) f(a[i])`, "[] a f i k"},
		{`let i = 0; eval(k); f(a[i])`, "[] a eval f i k"},
		{`a[k] = b`, "a b k"},
		{`let i = 0; for (i in n) f(a[i])`, "[] a f i n"},
		{`let i = 0; globalThis.i = k; f(a[i])`, "[] a f i k"},
		{`let i; f(a[i])`, "a f i"},
		{`f(a[i])`, "[] a f i"},
		{`a[k] = b; a[k] += b; a[k]++; delete a[k]`, "[?] a b k"},
		{`{ a[k] ??= b; a[k]; }`, "[?] a b k"},
		{`a[k] ??= b`, "[] a b k"},
		{`f(a[k] ??= b)`, "[] a b f k"},
		{`a[k][b] = f`, "[] a b f k"},
		{`if (a[k]) f(); f(a[k] === b, typeof a[k], !a?.[k], (a[k] || 0) + 1)`, "[?] a b f k"},
		{`f(a[k] || 0); `, "[] a f k"},
		{`a[k]()`, "[] a k"},
		{`a[k].b = 1`, "[] a b k"},
		{`a[k] ? f : b`, "[?] a b f k"},
		{`f ? a[k] : b`, "[] a b f k"},
		{"a[`map`]", "[] a"},
		{`({ [k]: 1, sort: 2 })`, "k sort"},
		{`({ [k]: v } = a)`, "[] a k v"},
		{`(({ [k]: v }) => v)`, "[] k v"},
		{`for ({ [k]: v } of a);`, "[] a k v"},
		{`for (const { [k]: v } of a);`, "[] a k v"},
		{`({ sort: v } = a)`, "a sort v"},
		{`({ sort } = a)`, "a sort"},
		{`class A { constructor() {} [k]() {} }`, "A k"},
		{`class A extends B { constructor() { super[k](); } }`, "A B [] k"},
		{`Object.getOwnPropertyDescriptors(a)`, "Object [] a getOwnPropertyDescriptors"},
		{`Reflect.get(a, b)`, "Reflect [] a b get"},
		{`[...a]`, "... a"},
		{`[a, ...b] = c`, "... a b c"},
		{`[a, b] = c`, "a b c"},
		{`f(...a)`, "... a f"},
		{`function f(...a) {}`, "a f"},
		{`({ ...a })`, "... a"},
		{`function* f() { yield* a }`, "... a f yield"},
		{`this.a; globalThis.b`, "a b"},
		{`f(this)`, "f globalThis"},
		{`this[k]`, "[] globalThis k"},
		{`globalThis["sort"]`, "globalThis sort"},
		{`with (a) sort()`, "a sort"},
		{`(x, y) => { let z = eval(x); }`, "eval x y z"},
	} {
		parsed, err := goja.Parse("t.js", tt.source)
		if err != nil {
			t.Errorf("%s: %v", tt.source, err)
			continue
		}
		if got := strings.Join(slices.Sorted(maps.Keys(needsOf(parsed, tt.source))), " "); got != tt.want {
			t.Errorf("%s\n got %s\nwant %s", tt.source, got, tt.want)
		}
	}
}

// guardedTexts reach a built-in function in different ways, each in a runtime of
// its own that is guarded for this text only. Without the guard they do not end,
// or use up the memory.
var guardedTexts = []struct{ source, want string }{
	{`[].fill.call({ length: 2 ** 40 }, 0)`, "Invalid array length"},
	{`[]["fill"].call({ length: 2 ** 40 }, 0)`, "Invalid array length"},
	{`[]["f\x69ll"].call({ length: 2 ** 40 }, 0)`, "Invalid array length"},
	{`const k = "fi" + "ll"; [][k].call({ length: 2 ** 40 }, 0)`, "Invalid array length"},
	{`const { fill } = []; fill.call({ length: 2 ** 40 }, 0)`, "Invalid array length"},
	{`const { ["fi" + "ll"]: f } = []; f.call({ length: 2 ** 40 }, 0)`, "Invalid array length"},
	{`let f; for ({ ["fi" + "ll"]: f } of [[]]) f.call({ length: 2 ** 40 }, 0)`, "Invalid array length"},
	{`(({ ["fi" + "ll"]: f }) => f.call({ length: 2 ** 40 }, 0))([])`, "Invalid array length"},
	{`class A extends Array { f() { super["fi" + "ll"].call({ length: 2 ** 40 }, 0); } } new A().f()`, "Invalid array length"},
	{`with (Object("x")) repeat(2 ** 29)`, "Invalid string length"},
	{`Reflect.get([], "fi" + "ll").call({ length: 2 ** 40 }, 0)`, "Invalid array length"},
	{`Object.getOwnPropertyDescriptor([].__proto__, "fi" + "ll").value.call({ length: 2 ** 40 }, 0)`, "Invalid array length"},
	{`Object.values(Object.getOwnPropertyDescriptors([].__proto__)).find((d) => d.value?.name === "fi" + "ll").value.call({ length: 2 ** 40 }, 0)`, "Invalid array length"},
	{`const { from } = Array; from({ length: 2 ** 40 })`, "Invalid array length"},
	{`[].constructor["fr" + "om"]({ length: 2 ** 40 })`, "Invalid array length"},
	{`eval("[].fi" + "ll.call({ length: 2 ** 40 }, 0)")`, "Invalid array length"},
	{`globalThis["ev" + "al"]("[].fi" + "ll.call({ length: 2 ** 40 }, 0)")`, "Invalid array length"},
	{`new Function("[].fi" + "ll.call({ length: 2 ** 40 }, 0)")()`, "Invalid array length"},
	{`(() => 1).constructor("[].fi" + "ll.call({ length: 2 ** 40 }, 0)")()`, "Invalid array length"},
	{`(() => 1)["constr" + "uctor"]("[].fi" + "ll.call({ length: 2 ** 40 }, 0)")()`, "Invalid array length"},
	{`(function* () {}).constructor("[].fi" + "ll.call({ length: 2 ** 40 }, 0)")().next()`, "Invalid array length"},
	{`"x".repeat(2 ** 29)`, "Invalid string length"},
	{`"x"["rep" + "eat"](2 ** 29)`, "Invalid string length"},
	{`let o = {}; for (let i = 0, p = o; i < 20000; i++) p = p.x = {}; console.log("%j", o)`, "Value is nested too deeply for JSON"},
	{`Function.prototype.valueOf = function () { this.call({ length: 2 ** 40 }, 0); }; 1 + []["fi" + "ll"]`, "Invalid array length"},
	{`[]["fi" + "ll"] instanceof { [Symbol.hasInstance](f) { f.call({ length: 2 ** 40 }, 0); } }`, "Invalid array length"},
	{`String.raw({ raw: { length: 2 ** 40 } })`, "Invalid string length"},
	{`let a = []; for (let i = 0; i < 5000; i++) a = [a]; a + ""`, "Maximum call stack size exceeded"},
	{`let a = []; for (let i = 0; i < 5000; i++) a = [a]; a.toLocaleString()`, "Maximum call stack size exceeded"},
	{`let a = "["; for (let i = 0; i < 15; i++) a += a; JSON.parse(a)`, "JSON is nested too deeply"},
	{`Math.max.apply(null, { length: 2 ** 20 })`, "Too many arguments"},
	{`Reflect.apply(Math.max, null, { length: 2 ** 20 })`, "Too many arguments"},
	{`new ArrayBuffer(2 ** 40)`, "Invalid array buffer length"},
	{`new Uint8Array(2 ** 40)`, "Invalid array buffer length"},
	{`new (new Uint8Array(1).constructor)(2 ** 40)`, "Invalid array buffer length"},
	{`new (new Uint8Array(1).buffer.constructor)(2 ** 40)`, "Invalid array buffer length"},
	{`new (new TextEncoder().encode("x").constructor)(2 ** 40)`, "Invalid array buffer length"},
	{`new (new TextEncoder().encode("x").buffer.constructor)(2 ** 40)`, "Invalid array buffer length"},
	{`new globalThis["Float64" + "Array"](2 ** 40)`, "Invalid array buffer length"},
	{`const g = this; new g["Float64" + "Array"](2 ** 40)`, "Invalid array buffer length"},
	{`(Uint8Array[Symbol.species] ?? Uint8Array)(2 ** 40)`, "Invalid array buffer length"},
	{`new (ArrayBuffer[Symbol.species] ?? ArrayBuffer)(2 ** 40)`, "Invalid array buffer length"},
	{`const e = new Error("x"); e.message = e; "" + e`, "Maximum call stack size exceeded"},
	{`const e = new TypeError("x"); e["name"] = e; "" + e`, "Maximum call stack size exceeded"},
	{`const e = new Error("x"); [e.message] = [e]; "" + e`, "Maximum call stack size exceeded"},
	{`const e = new Error("x"), k = "mess" + "age"; e[k] = e; "" + e`, "Maximum call stack size exceeded"},
	{`class E extends Error { message = this; } "" + new E()`, "Maximum call stack size exceeded"},
	{`class E extends Error { get message() { return this; } } "" + new E()`, "Maximum call stack size exceeded"},
	{`const m = { get message() { return this; }, toString: Error.prototype.toString }; "" + m`, "Maximum call stack size exceeded"},
	{`let p = "("; for (let i = 0; i < 10; i++) p += p; new (RegExp[Symbol.species] ?? RegExp)(p)`, "Regular expression is nested too deeply"},
	{`let p = "("; for (let i = 0; i < 10; i++) p += p; new RegExp(p)`, "Regular expression is nested too deeply"},
	{`let p = "("; for (let i = 0; i < 10; i++) p += p; /x/.constructor(p)`, "Regular expression is nested too deeply"},
	{`let p = "("; for (let i = 0; i < 10; i++) p += p; /x/["comp" + "ile"](p)`, "Regular expression is nested too deeply"},
	{`let p = "("; for (let i = 0; i < 10; i++) p += p; "x".match(p)`, "Regular expression is nested too deeply"},
	{`let p = {}; for (let i = 0; i < 300; i++) p = new Proxy(p, {}); p.x`, "Too many proxies of proxies"},
	{`"use strict"; Object.prototype.polluted = 1`, "object is not extensible"},
	{`"use strict"; ({}).__proto__.polluted = 1`, "object is not extensible"},
	{`"use strict"; ({})["__pro" + "to__"].polluted = 1`, "object is not extensible"},
	{`"use strict"; ({}).constructor.prototype.polluted = 1`, "object is not extensible"},
}

func TestGuardsByNeed(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, nil)
	for _, tt := range guardedTexts {
		parsed, err := goja.Parse("t.js", tt.source)
		if err != nil {
			t.Fatalf("%s: %v", tt.source, err)
		}
		program, err := goja.CompileAST(parsed, false)
		if err != nil {
			t.Fatalf("%s: %v", tt.source, err)
		}
		env, err := s.host.current.Load().newRuntime()
		if err != nil {
			t.Fatal(err)
		}
		env.guard(needsOf(parsed, tt.source))
		if _, err = env.vm.RunProgram(program); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.source, err, tt.want)
		}
	}
}

// TestGuardsOfModules checks that the runtime that loads a module, and all others,
// are guarded for its text.
func TestGuardsOfModules(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{
		"a.pb.js": `
			routerAdd("GET", "/loads", (c) => c.string(200, require(__hooks + "/loads.js")));
			routerAdd("GET", "/calls", (c) => {
				try { require(__hooks + "/calls.js")(); } catch (e) { return c.string(200, e.message); }
			});
			routerAdd("GET", "/inner", (c) => c.string(200, require(__hooks + "/outer.js")));`,
		"loads.js": `try { [].fill.call({ length: 2 ** 40 }, 0); } catch (e) { module.exports = e.message; } return;`,
		"calls.js": `module.exports = () => "x".repeat(2 ** 29);`,
		"outer.js": `module.exports = require("./inner.js");`,
		"inner.js": `try { new Uint8Array(2 ** 40); } catch (e) { module.exports = e.message; }`,
	}, func(c *Config) { c.HooksPoolSize = 0 })
	for range 3 {
		s.expect(t, map[string]string{
			"/loads": "Invalid array length", "/calls": "Invalid string length", "/inner": "Invalid array buffer length",
		})
	}
}
