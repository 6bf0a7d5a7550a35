package jsvm

import (
	"slices"
	"strings"
	"testing"

	"github.com/dop251/goja"
)

// builtInCases exercise the built-in functions that we guard or replace. The
// engine as it comes is the judge of them.
var builtInCases = []string{
	`JSON.stringify({ a: 1, b: [true, null, undefined, () => 1, NaN, -0, 1e21, 1.5], c: undefined, d: "ä\u{1F600}\ud800\n\u0001\"\\", "é": {} })`,
	`JSON.stringify([new Date(0), new Number(1), new String("s"), new Boolean(false), [], {}, [[]], [{}]])`,
	`[JSON.stringify(undefined), JSON.stringify(null), JSON.stringify(() => 1), JSON.stringify(Symbol()), JSON.stringify("x"), JSON.stringify()]`,
	`[JSON.stringify([1, { a: [] }], null, 2), JSON.stringify({ a: [1] }, null, "--"), JSON.stringify([1], null, 99), JSON.stringify([1], null, "x".repeat(20)), JSON.stringify([1], null, new Number(1))]`,
	`JSON.stringify({ a: 1, b: { a: 2, c: 3 }, 1: 4 }, ["a", "b", 1, new String("c"), "a"])`,
	`JSON.stringify({ a: [1, 2], b: "x" }, function (k, v) { return Array.isArray(this) ? v * 2 : v === "x" ? undefined : v; })`,
	`JSON.stringify({ toJSON(key) { return [key, typeof this]; } }) + JSON.stringify({ k: { toJSON: (key) => key } })`,
	`JSON.stringify(new Proxy([1, 2], {})) + JSON.stringify(new Proxy({ a: 1 }, {}))`,
	`(() => { try { return JSON.stringify(1n); } catch (e) { return e.name; } })()`,
	`(() => { const o = {}; o.o = [o]; try { return JSON.stringify(o); } catch (e) { return e.name; } })()`,
	`JSON.stringify(Object.create({ inherited: 1 }, { hidden: { value: 1 }, seen: { value: 2, enumerable: true } }))`,
	`JSON.stringify({ get a() { return this.b; }, b: 7 }) + JSON.stringify(new Map([[1, 2]])) + JSON.stringify(new (class { x = 1; y() {} })())`,
	`JSON.stringify(JSON.parse('{"a":[1,{"b":2}],"c":"x"}', function (k, v) { return typeof v === "number" ? v + 1 : k === "c" ? undefined : v; }))`,
	`[JSON.parse(" [1] ")[0], JSON.parse('"\\u00e4"'), JSON.parse("null"), JSON.parse("1e3")]`,
	`(() => { try { JSON.parse("{"); } catch (e) { return e.name; } })()`,
	`[[1, [2, [3, [4]]]].flat(), [1, [2, [3]]].flat(0), [1, [2, [3, [4]]]].flat(Infinity), [1, , [2, , 3]].flat(), [[]].flat(), [1].flat(NaN), [[1]].flat("1")].map((a) => JSON.stringify(a)).join()`,
	`[Array.from({ length: 20 }, (_, i) => i).join(), Array(9).join("-"), [null, undefined, 1, "a", [2, 3], {}, true, 1.5, -0, 7n, "ä"].join("|"), Array(12).fill("é").join(""), [1, 2].join(undefined)]`,
	`[String([1, [2, [3]]]), [1, 2].toString(), [[], [[]]] + "", Array.prototype.join.call({ length: 10, 0: "a", 9: "z" }, "+"), [1.5, 2].toLocaleString().length > 0]`,
	`[Array.from({ length: 3000 }, (_, i) => (i * 7919) % 3001).sort().slice(0, 20), [3, undefined, 1, , 2].sort(), ["b", "a", "C", "ä"].sort(), [3, 1, 2].sort((a, b) => b - a), [2, 1].toSorted()].map(String).join(";")`,
	`["a-b-a".replace("a", "[$&]"), "aXbX".replaceAll("X", "$$"), "abc".replace(/b/, "[$` + "`" + `|$'|$1]"), "john smith".replace(/(\w+) (\w+)/, "$2, $1 $3 $01 $10"), "x".replace(/(?<n>x)/, "<$<n>$<m>>"), "aaa".replace(/a/g, (m, i) => i)]`,
	`(() => { const s = "ab".repeat(6000); return [s.replace(/b/g, "[$&$1$$]").length, s.replaceAll("ab", "$&-").length, s.replace(/(a)(b)/g, "$2$1").slice(0, 9), s.replace(/(?<x>a)b/g, "<$<x>>").slice(0, 9), s.replace(/a/g, (m, i) => i).slice(0, 40), s.replace(/$/, "end").length]; })()`,
	`(() => { const s = "a1b22,".repeat(2000); return [s.split(/,/).length, s.split(/\d+/, 5), s.split(/(\d)/).slice(0, 7), s.split(/(?:)/).length, s.split(/x*/).slice(0, 4), s.split(/^a/)[0].length, s.split(/,$/).length, s.match(/\d+/g).length, [...s.matchAll(/b(\d+)/g)].length, s.search(/22/), s.split(/[bx]?/).slice(0, 5)].map((x) => JSON.stringify(x)).join(); })()`,
	`["ab".padStart(5, "xy"), "ab".padEnd(5), "é".repeat(3), "a".concat("b", 1, null), "x".repeat(0), String.raw` + "`a\\n${1}b`" + `, "abc".indexOf("c"), "abab".lastIndexOf("ab"), "abc".includes("bc"), "abc".includes("")]`,
	`[[..."aé\u{1F600}"], [...[1, , 3]], [...new Map([[1, 2]])], [...new Set([1, 1, 2])], [...(function* () { yield 1; yield* [2, 3]; })()], Math.max(...[1, 5, 2])].map((x) => JSON.stringify(x)).join()`,
	`(() => { function* f() { try { const got = yield 1; yield got; } finally { yield "end"; } } const g = f(); return JSON.stringify([g.next(), g.next(7), g.return(3), g.next(), g.next()]); })()`,
	`[new Uint8Array([1, 2, 300]).join(), new Float64Array(2).length, Uint8Array.from([1, 2]).length, Int16Array.BYTES_PER_ELEMENT, new Uint8Array(new ArrayBuffer(8), 2, 3).byteOffset, new (class extends Uint8Array {})(3).length, new Uint8Array(new Set([1, 2])).length, Object.prototype.toString.call(new Int8Array(1)), new Uint8Array(2) instanceof Uint8Array, Uint8Array.name]`,
	`[new Function("a", "b", "return a + b")(1, 2), Function("return 3")(), new Function() instanceof Function, (() => 1) instanceof Function, Function.name, eval("1 + 1"), (function* () {}).constructor("yield 1")().next().value, eval({}) instanceof Object]`,
	`[{}.constructor === Object, ({}).toString(), Object.prototype.hasOwnProperty.call({ a: 1 }, "a"), (() => { function F() {} F.prototype = Object.create(Object.prototype); F.prototype.constructor = F; F.prototype.toString = () => "F"; return [new F().constructor === F, String(new F()), Object.keys(F.prototype)].join(); })(), JSON.stringify(Object.assign({}, { toString: 1, valueOf: 2, constructor: 3 }))]`,
	`(() => { const p = new Proxy({ a: 1 }, { get: (t, k) => k in t ? t[k] : "none" }); const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return [p.a, p.b, typeof proxy, Array.isArray(new Proxy([], {})), Proxy.name, Proxy.length]; })()`,
	`[Math.max.apply(null, [1, 2]), Reflect.apply(Math.min, null, [3, 4]), Reflect.construct(Date, [0]).getTime(), Reflect.getPrototypeOf([]) === Array.prototype, Object.getPrototypeOf({}) === Object.prototype, [].__proto__ === Array.prototype, ({ __proto__: null }).toString]`,
	`[[1, 2, 3].indexOf(2), [1, 2].includes(NaN), [3, 1].reverse(), [1, 2, 3].splice(1, 1), [1].concat([2], 3), [1, 2].map((x) => x * 2), [1, 2, 3].copyWithin(0, 1), [1].unshift(0), Array.from("ab"), Array.from({ length: 2 }, (_, i) => i), [1, 2, 3].with(0, 9), [5, 6].findLast((x) => x > 1)].map(String).join(";")`,
}

func TestGuardedBuiltIns(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, nil)
	env, err := s.host.current.Load().newRuntime()
	if err != nil {
		t.Fatal(err)
	}
	env.guard(needs{needAll: true})
	plain := goja.New()
	for _, source := range builtInCases {
		want, wantErr := plain.RunString("String(" + source + ")")
		got, gotErr := env.vm.RunString("String(" + source + ")")
		if wantErr != nil || gotErr != nil {
			t.Errorf("%s\n%v, want %v", source, gotErr, wantErr)
			continue
		}
		if got.String() != want.String() {
			t.Errorf("%s\n got %.500s\nwant %.500s", source, got, want)
		}
	}
}

// TestNestedIndent covers what the engine gets wrong.
func TestNestedIndent(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `routerAdd("GET", "/t", (c) => c.string(200, JSON.stringify([{ a: { b: 1 } }, Object(Symbol())], null, 1)));`})
	s.expect(t, map[string]string{"/t": "[\n {\n  \"a\": {\n   \"b\": 1\n  }\n },\n {}\n]"})
}

func TestMutations(t *testing.T) {
	t.Parallel()
	for source, want := range map[string]string{
		`Array.prototype.map = f`:                                   "Array",
		`Array.prototype["m" + "ap"] = f`:                           "Array",
		`String . prototype . trim ??= f`:                           "String",
		`const p = Map.prototype; p.get = f`:                        "Map",
		`const { prototype: p } = Set;`:                             "Set",
		`JSON.parse = f; delete Math.max`:                           "JSON Math",
		`Object.defineProperty(Date.prototype, "x", {})`:            "Date",
		`Object.assign(Number, {})`:                                 "Number",
		`patch(Math)`:                                               "Math",
		`globalThis.JSON.parse = f`:                                 "JSON",
		`globalThis["JS" + "ON"] = f`:                               everyGlobal,
		`JSON = f`:                                                  everyGlobal,
		`x.constructor.prototype.y = 1`:                             everyBuiltIn,
		`$http.send = f`:                                            "$http",
		`console.log = f`:                                           "console",
		`[Array, String].forEach((C) => { C.prototype.x = 1 })`:     "Array String",
		`const k = { list: Array }; k.list.prototype.x = 1`:         "Array",
		`const C = y && Set; C.prototype.x = 1`:                     "Set",
		`extend(Map); function extend(C) { C.prototype.x = 1 }`:     "Map",
		`const p = Array?.prototype ?? {}`:                          "Array",
		`Array["prototype"].x = 1; f(Set["prototype"])`:             "Array Set",
		`const C = "x".constructor; C.prototype.x = 1`:              everyBuiltIn,
		`fakes.Date.now = f`:                                        "Date",
		`a(Map, "x"); class A {}; A.prototype.x = 1`:                "Map",
		`f(Error); y = Array.prototype.slice.call(x)`:               "",
		`x.Date.now(); if (x.Date.now === y) { x.Map[0] }`:          "",
		`Array.prototype.slice.call(x); Object.keys(y)`:             "",
		`new Map(); x instanceof Array; typeof JSON; f(String)`:     "",
		`const Map = 1; x.Map = 2; class Date {}; let JSON = {}`:    "",
		`Math.max(1) === 2; Math.PI >= 3; a = Math.PI`:              "",
		`[1].map(String).filter(Boolean); x => Array.isArray(x)`:    "",
		`class A extends Error { constructor() { super(); } }`:      "",
		`typeof globalThis.fetch; globalThis.crypto.randomUUID()`:   "",
		`if (x === Object) { y = x.constructor === Array ? 1 : 2 }`: "",
	} {
		var found []string
		for name := range mutations(source) {
			found = append(found, name)
		}
		slices.Sort(found)
		if got := strings.Join(found, " "); got != want {
			t.Errorf("%s: %q, want %q", source, got, want)
		}
	}
}

// TestModulesMayExtendBuiltIns checks that what a file does to built-in objects
// when it is evaluated stays, and costs no runtime.
func TestModulesMayExtendBuiltIns(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{
		"a.pb.js": `
			const shout = "!";
			String.prototype.shout = function () { return this + shout; };
			routerAdd("GET", "/closure", (c) => { globalThis.calls = (globalThis.calls || 0) + 1; return c.json(200, ["a".shout(), calls]); });`,
		"b.pb.js": `routerAdd("GET", "/module", (c) => {
			require(__hooks + "/extend.js");
			globalThis.seen = (globalThis.seen || 0) + 1;
			return c.json(200, [[1, 2].last(), seen]);
		});`,
		"c.pb.js":   `routerAdd("GET", "/call", (c) => { globalThis.own = (globalThis.own || 0) + 1; Array.prototype.mine = 1; return c.json(200, own); });`,
		"extend.js": `Array.prototype.last = function () { return this[this.length - 1]; };`,
	}, func(c *Config) { c.HooksPoolSize = 1 })
	for _, want := range []string{"1", "2", "3"} {
		s.expect(t, map[string]string{"/module": "[2," + want + "]"})
	}
	for _, want := range []string{"1", "2"} {
		s.expect(t, map[string]string{"/closure": `["a!",` + want + `]`})
	}
	s.expect(t, map[string]string{"/call": "1"})
	s.expect(t, map[string]string{"/call": "1"})
}
