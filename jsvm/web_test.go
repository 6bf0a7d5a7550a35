package jsvm

import (
	"fmt"
	"strings"
	"testing"
)

// evaluateAll serves each expression from a route of its own and compares the
// JSON of what it resolves to. Expressions that throw show the error.
func evaluateAll(t *testing.T, prelude string, want map[string]string) {
	t.Helper()
	var source strings.Builder
	source.WriteString(prelude)
	paths := map[string]string{}
	for expr := range want {
		path := fmt.Sprintf("/e%d", len(paths))
		paths[path] = expr
		fmt.Fprintf(&source, `
			routerAdd("GET", %q, async (c) => {
				let text;
				try { text = JSON.stringify(await (async () => (%s))()) ?? "undefined"; } catch (e) { text = e.name + ": " + e.message; }
				return c.string(200, text);
			});`, path, expr)
	}
	s := newScriptServer(t, map[string]string{"a.pb.js": source.String()})
	for path, expr := range paths {
		if got := s.get(path); got != want[expr] {
			t.Errorf("%s\n got %s\nwant %s", expr, got, want[expr])
		}
	}
}

func TestWebText(t *testing.T) {
	t.Parallel()
	evaluateAll(t, "", map[string]string{
		`[...new TextEncoder().encode("aé€😀")]`:                                                                                                      `[97,195,169,226,130,172,240,159,152,128]`,
		`[...new TextEncoder().encode("\ud800")]`:                                                                                                    `[239,191,189]`,
		`new TextEncoder().encodeInto("a€b", new Uint8Array(4))`:                                                                                     `{"read":2,"written":4}`,
		`new TextDecoder().decode(new Uint8Array([239,187,191,97,195,169]))`:                                                                         `"aé"`,
		`new TextDecoder("utf-8", { ignoreBOM: true }).decode(new Uint8Array([239,187,191])).length`:                                                 `1`,
		`new TextDecoder().decode(new Uint8Array([226,130,97,255]))`:                                                                                 `"�a�"`,
		`new TextDecoder("utf-8", { fatal: true }).decode(new Uint8Array([255]))`:                                                                    `TypeError: The encoded data was not valid for encoding utf-8`,
		`new TextDecoder("latin1").decode(new Uint8Array([233]))`:                                                                                    `"é"`,
		`new TextDecoder("utf-16le").decode(new Uint8Array([61,216,0,222]))`:                                                                         `"😀"`,
		`new TextDecoder("klingon")`:                                                                                                                 `RangeError: The "klingon" encoding is not supported`,
		`(() => { const d = new TextDecoder(); return d.decode(new Uint8Array([226,130]), { stream: true }) + d.decode(new Uint8Array([172])); })()`: `"€"`,
		`new TextDecoder().decode(new TextEncoder().encode("x").buffer)`:                                                                             `"x"`,
		`[btoa("hé"), atob("aOk="), atob(" aO k ")]`:                                                                                                 `["aOk=","hé","hé"]`,
		`btoa("€")`: `InvalidCharacterError: The string to be encoded contains characters outside of the Latin1 range.`,
		`atob("a")`: `InvalidCharacterError: The string to be decoded is not correctly encoded.`,
	})
}

func TestWebValues(t *testing.T) {
	t.Parallel()
	evaluateAll(t, `
		const cyclic = { a: [1, { b: new Date(0) }] }; cyclic.self = cyclic;
		const hex = (buffer) => [...new Uint8Array(buffer)].map((b) => b.toString(16).padStart(2, "0")).join("");
		const bytes = (text) => new TextEncoder().encode(text);`, map[string]string{
		`(() => { const c = structuredClone(cyclic); return [c !== cyclic, c.self === c, c.a[1].b.getTime(), c.a[1].b instanceof Date]; })()`: `[true,true,0,true]`,
		`[...structuredClone(new Map([["a", new Set([1])]])).get("a")]`:                                                                       `[1]`,
		`structuredClone({ u: new Uint8Array([1, 2]), r: /x/gi, n: 1n.toString() }).u[1]`:                                                     `2`,
		`structuredClone(new TypeError("x", { cause: 1 })) instanceof TypeError`:                                                              `true`,
		`structuredClone({ f() {} })`: `DataCloneError: f() {} could not be cloned.`,
		`structuredClone(new Record($app.dao().findCollectionByNameOrId("posts"), { title: "x" })).title`: `"x"`,
		`structuredClone()`: `TypeError: structuredClone expects a value`,
		`/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID())`: `true`,
		`crypto.getRandomValues(new Uint8Array(64)).some((b) => b > 0)`:                                     `true`,
		`crypto.getRandomValues(new Uint8Array(65537))`:                                                     `QuotaExceededError: At most 65536 bytes can be asked for.`,
		`crypto.getRandomValues(new Float32Array(1))`:                                                       `TypeMismatchError: The array must be of an integer type.`,
		`hex(await crypto.subtle.digest("SHA-256", bytes("abc")))`:                                          `"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"`,
		`hex(await crypto.subtle.digest({ name: "sha-1" }, bytes("abc").buffer))`:                           `"a9993e364706816aba3e25717850c26c9cd0d89d"`,
		`crypto.subtle.digest("MD5", bytes(""))`:                                                            `NotSupportedError: MD5 is not supported.`,
		`crypto.subtle.importKey("raw", bytes("key"), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]).then((k) => crypto.subtle.sign("HMAC", k, bytes("The quick brown fox jumps over the lazy dog"))).then(hex)`: `"f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8"`,
		`(() => { const a = performance.now(); return performance.now() >= a && performance.timeOrigin > 1e12; })()`:                                                                                                  `true`,
		`new WeakRef(cyclic).deref() === cyclic`: `true`,
		`[Object.prototype.hasOwnProperty.call(globalThis, "setTimeout"), typeof setTimeout, "fetch" in globalThis, typeof nothing, Object.keys(globalThis).includes("fetch")]`: `[false,"function",true,"undefined",false]`,
		`(() => { globalThis.setImmediate = 1; return setImmediate; })()`: `1`,
	})
}

func TestWebEvents(t *testing.T) {
	t.Parallel()
	evaluateAll(t, "", map[string]string{
		`(() => { const c = new AbortController(); const seen = []; c.signal.addEventListener("abort", (e) => seen.push(e.type), { once: true }); c.abort(); c.abort(); return [seen, c.signal.aborted, c.signal.reason.name]; })()`: `[["abort"],true,"AbortError"]`,
		`(() => { AbortSignal.abort("why").throwIfAborted(); })()`: `undefined: undefined`,
		`new AbortSignal()`: `TypeError: Illegal constructor`,
		`new Promise((resolve) => { AbortSignal.timeout(1).onabort = (e) => resolve(e.target.reason.name); })`:                                                                                               `"TimeoutError"`,
		`(() => { const c = new AbortController(); const any = AbortSignal.any([c.signal, AbortSignal.timeout(5000)]); c.abort(7); return any.reason; })()`:                                                  `7`,
		`(() => { class T extends EventTarget {} const t = new T(); t.addEventListener("x", (e) => e.preventDefault()); return t.dispatchEvent(new CustomEvent("x", { cancelable: true, detail: 1 })); })()`: `false`,
		`[new DOMException("m", "AbortError").code, new DOMException("m") instanceof Error]`:                                                                                                                 `[20,true]`,
	})
}

func TestWebURL(t *testing.T) {
	t.Parallel()
	evaluateAll(t, "", map[string]string{
		`new URL("../c?x=1#h", "https://u:p@example.com:8443/a/b").href`:                                                                                                `"https://u:p@example.com:8443/c?x=1#h"`,
		`(() => { const u = new URL("https://example.com/?a=1"); u.searchParams.append("b", "x y"); u.pathname = "/p"; return [u.href, u.origin, u.port, u.hash]; })()`: `["https://example.com/p?a=1&b=x+y","https://example.com","",""]`,
		`new URL("nope")`: `TypeError: Invalid URL`,
		`[URL.canParse("nope"), URL.canParse("/x", "http://a"), URL.parse("nope")]`:                                     `[false,true,null]`,
		`[...new URLSearchParams("a=1&b=2&a=3").getAll("a")]`:                                                           `["1","3"]`,
		`new URLSearchParams({ q: "ü&=" }).toString()`:                                                                  `"q=%C3%BC%26%3D"`,
		`require("url").URL === URL && require("buffer").Buffer === Buffer && require("node:buffer").Buffer === Buffer`: `true`,
	})
}

func TestWebBuffer(t *testing.T) {
	t.Parallel()
	evaluateAll(t, "", map[string]string{
		`Buffer.from("héllo").toString("base64")`:                                                                                                                                       `"aMOpbGxv"`,
		`[Buffer.from("_-8", "base64url").toString("hex"), Buffer.from([255, 239]).toString("base64url")]`:                                                                              `["ffef","_-8"]`,
		`[Buffer.from("é", "latin1").length, Buffer.from([233]).toString("binary"), Buffer.from("a", "utf16le").toString("hex")]`:                                                       `[1,"é","6100"]`,
		`[Buffer.isBuffer(Buffer.alloc(1)), Buffer.isBuffer(new Uint8Array(1)), Buffer.isEncoding("UTF8"), Buffer.byteLength("é")]`:                                                     `[true,false,true,2]`,
		`Buffer.concat([Buffer.from("a"), Buffer.from("b")])`:                                                                                                                           `{"type":"Buffer","data":[97,98]}`,
		`Buffer.from({ type: "Buffer", data: [97] }).toString()`:                                                                                                                        `"a"`,
		`(() => { const b = Buffer.from("hello"); b.slice(0, 2)[0] = 72; return [b.toString(), b.subarray(1, 3).toString(), b.slice(-2).toString(), Buffer.isBuffer(b.slice(1))]; })()`: `["Hello","el","lo",true]`,
		`[Buffer.from("abcabc").indexOf("c"), Buffer.from("abcabc").lastIndexOf("c"), Buffer.from("abc").includes("z"), Buffer.from("abc").indexOf("c", -1)]`:                           `[2,5,false,2]`,
		`[Buffer.compare(Buffer.from("a"), Buffer.from("b")), Buffer.from("a").equals(Buffer.from("a"))]`:                                                                               `[-1,true]`,
		`(() => { const b = Buffer.alloc(4).fill("ab"); b.write("x", 1); return b.toString("utf8", 0, 3); })()`:                                                                         `"axa"`,
		`(() => { const b = Buffer.alloc(4); b.writeUInt32BE(0x01020304, 0); return b.readUInt16LE(0); })()`:                                                                            `513`,
		`(() => { const b = Buffer.alloc(3); return [Buffer.from("abcd").copy(b, 1), b.toString("latin1")]; })()`:                                                                       `[2,"\u0000ab"]`,
	})
}

func TestPolyfills(t *testing.T) {
	t.Parallel()
	evaluateAll(t, `const even = (n) => (n % 2 ? "odd" : "even");`, map[string]string{
		`Object.groupBy([1, 2, 3], even)`:   `{"odd":[1,3],"even":[2]}`,
		`[...Map.groupBy([1, 2, 3], even)]`: `[["odd",[1,3]],["even",[2]]]`,
		`(() => { const { promise, resolve } = Promise.withResolvers(); resolve(1); return promise; })()`:                          `1`,
		`Promise.try(() => { throw new RangeError("x"); })`:                                                                        `RangeError: x`,
		`Promise.try((a, b) => a + b, 1, 2)`:                                                                                       `3`,
		`Array.fromAsync([1, Promise.resolve(2)], (n) => n * 2)`:                                                                   `[2,4]`,
		`Array.fromAsync({ [Symbol.asyncIterator]() { let i = 0; return { next: async () => ({ done: i > 1, value: i++ }) }; } })`: `[0,1]`,
		`["a".isWellFormed(), "\ud800".isWellFormed(), "a\udc00b".toWellFormed()]`:                                                 `[true,false,"a�b"]`,
		`RegExp.escape("a.b")`: `"\\x61\\.b"`,
		`(() => { const o = {}; Error.captureStackTrace(o); return typeof o.stack; })()`:                       `"string"`,
		`(() => { const f = () => {}; f.escape = 1; return [f.escape, typeof f.groupBy, Object.keys(f)]; })()`: `[1,"undefined",["escape"]]`,
		`[[3, 1].toSorted(), [1, 2].toReversed(), [1, 2].with(0, 9), [1, 2].findLast((n) => n < 2)]`:           `[[1,3],[2,1],[9,2],1]`,
	})
}

// TestEmptyViews hands views to Go that begin behind the last byte of their
// buffer. Under the race detector the engine's own slices of those end the process.
func TestEmptyViews(t *testing.T) {
	t.Parallel()
	evaluateAll(t, `
		const end = (type = Uint8Array) => new type(new type(4096).buffer, 4096 * type.BYTES_PER_ELEMENT);
		const shadowed = Object.defineProperty(end(), "byteLength", { value: 1 });`, map[string]string{
		`[Buffer.from(end()).length, Buffer.from(shadowed).length, Buffer.from(new Uint8Array(0)).length, Buffer.from(end()).toString()]`: `[0,0,0,""]`,
		`Buffer.concat([end(), Buffer.from("a")]).toString()`:                                                                             `"a"`,
		`Buffer.alloc(3, end()).length`:                                                     `3`,
		`Buffer.from("a").fill(end()).equals(Buffer.from("a"))`:                             `true`,
		`new TextDecoder().decode(end())`:                                                   `""`,
		`crypto.subtle.digest("SHA-256", end()).then((b) => b.byteLength)`:                  `32`,
		`crypto.getRandomValues(end()).length`:                                              `0`,
		`$filesystem.fileFromBytes(end(), "a.txt")`:                                         `GoError: cannot create an empty file`,
		`[$app.store().set("x", [end(), end(Float64Array)]), $app.store().get("x").length]`: `[null,2]`,
		`structuredClone(end()).length`:                                                     `0`,
		`new Response(end()).text()`:                                                        `""`,
	})
}

// TestWebAlone makes each part of the web platform first, in a runtime of its own.
func TestWebAlone(t *testing.T) {
	t.Parallel()
	var source strings.Builder
	want := map[string]string{}
	for name := range webGlobals {
		fmt.Fprintf(&source, "routerAdd('GET', '/%[1]s', (c) => c.string(200, typeof globalThis['%[1]s']));\n", name)
		want["/"+name] = "function"
	}
	want["/crypto"], want["/performance"] = "object", "object"
	s := newScriptServer(t, map[string]string{"a.pb.js": source.String()}, func(c *Config) { c.HooksPoolSize = 0 })
	s.expect(t, want)
}
