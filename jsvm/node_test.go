package jsvm

import (
	"net/http"
	"testing"
)

// TestNodeModules asks our modules of Node's names for what packages use most.
func TestNodeModules(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{
		"a.pb.ts": `
import assert from "node:assert";
import path from "node:path";
import { parse, URL, fileURLToPath } from "node:url";
import { format, inspect, inherits, isDeepStrictEqual, promisify, types } from "node:util";
import EventEmitter, { once } from "events";
import { Blob as NodeBlob, Buffer } from "node:buffer";
import { ReadableStream as NodeStream } from "node:stream/web";
import querystring from "querystring";
import { createHash, createHmac, randomInt, randomUUID, timingSafeEqual } from "crypto";
import { StringDecoder } from "string_decoder";
import process from "node:process";

routerAdd("GET", "/t", async (c: any) => {
  assert.deepStrictEqual([path.join("a", "../b", "./c.txt"), path.resolve("/a", "b", "../c"), path.relative("/a/b", "/a/c/d")], ["b/c.txt", "/a/c", "../c/d"]);
  assert.deepStrictEqual([path.extname("x.tar.gz"), path.basename("/a/b.js", ".js"), path.dirname("/a/b"), path.normalize("/a//b/../c/")], [".gz", "b", "/a", "/a/c/"]);
  assert.strictEqual(path.format(path.parse("/x/y.z")), "/x/y.z");
  const old = parse("https://u:p@Host.io:81/a/b?x=1#h", true);
  assert.deepStrictEqual([old.host, old.port, old.pathname, old.query.x, old.hash, old.auth], ["host.io:81", "81", "/a/b", "1", "#h", "u:p"]);
  assert.strictEqual(new URL("../c", "http://x/a/b").pathname, "/c");
  assert.strictEqual(fileURLToPath("file:///a%20b"), "/a b");
  assert.strictEqual(format("%s is %d, %j", "a", 1, { b: 2 }, "more"), 'a is 1, {"b":2} more');
  assert.strictEqual(inspect({ a: [1, "x"], m: new Map([["k", null]]) }), "{ a: [ 1, 'x' ], m: Map(1) { 'k' => null } }");
  assert.ok(isDeepStrictEqual({ a: new Set([1]) }, { a: new Set([1]) }) && !isDeepStrictEqual([1], ["1"]) && types.isDate(new Date()));
  assert.strictEqual(await promisify((n: number, done: any) => done(null, n + 1))(1), 2);

  assert.ok(NodeBlob === Blob && NodeStream === ReadableStream);

  const emitter = new EventEmitter();
  const seen: any[] = [];
  const waiting = once(emitter, "done");
  emitter.on("x", (v) => seen.push(v));
  emitter.once("x", (v) => seen.push(v * 10));
  emitter.emit("x", 1);
  emitter.emit("x", 2);
  emitter.emit("done", "ok");
  assert.deepStrictEqual([seen, await waiting, emitter.listenerCount("x")], [[1, 10, 2], ["ok"], 1]);
  assert.throws(() => emitter.emit("error", new Error("bad")), /bad/);
  function Old(this: any) { (EventEmitter as any).call(this); }
  inherits(Old as any, EventEmitter as any);
  assert.strictEqual(new (Old as any)().on("y", () => {}).emit("y"), true);

  assert.strictEqual(Buffer.from("héllo").toString("base64"), "aMOpbGxv");
  assert.deepStrictEqual({ ...querystring.parse("a=1&a=2&b=%20+") }, { a: ["1", "2"], b: "  " });
  assert.strictEqual(querystring.stringify({ a: [1, 2], b: "ü" }), "a=1&a=2&b=%C3%BC");
  assert.strictEqual(createHash("sha256").update("a").update("bc").digest("hex"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert.strictEqual(createHash("md5").update("").digest("hex"), "d41d8cd98f00b204e9800998ecf8427e");
  assert.strictEqual(createHmac("md5", "k").update("x").digest("hex").length, 32);
  assert.match(randomUUID(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.ok(randomInt(5) < 5 && timingSafeEqual(Buffer.from("a"), Buffer.from("a")));
  const decoder = new StringDecoder("utf8");
  assert.strictEqual(decoder.write(Buffer.from([0xc3])) + decoder.write(Buffer.from([0xa9])) + decoder.end(), "é");
  assert.ok(process.cwd().length > 0 && typeof process.env === "object");
  assert.strictEqual(new Intl.DateTimeFormat("en-US", { timeZone: "America/New_York", dateStyle: "medium", timeStyle: "short" }).format(new Date("2024-07-04T12:30:00Z")), "Jul 4, 2024, 8:30 AM");
  assert.strictEqual(new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" }).format(-1234.5), "-$1,234.50");
  return c.string(200, "ok");
});
`,
	})
	code, body := s.request(http.MethodGet, "/t", "")
	if code != http.StatusOK || body != "ok" {
		err := s.host.current.Load().handlers[0].runEvent(nil)
		t.Errorf("%d %s: %s", code, body, reason(err))
	}
}

// TestSharedHelperReload edits a module that three scripts import.
func TestSharedHelperReload(t *testing.T) {
	t.Parallel()
	files := map[string]string{"lib/x.ts": "export const x: number = 1"}
	for _, name := range []string{"a", "b", "c"} {
		files[name+".pb.ts"] = `import { x } from "./lib/x"; routerAdd("GET", "/` + name + `", (c) => c.string(200, "x" + x))`
	}
	s := newScriptServer(t, files)
	before := s.host.current.Load()
	s.write(t, "lib/x.ts", "export const x: number = 22")
	if err := s.host.reload(); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a", "b", "c"} {
		if _, body := s.request(http.MethodGet, "/"+name, ""); body != "x22" {
			t.Error(body)
		}
	}
	s.write(t, "lib/x.ts", "export const x: number = ;")
	running := s.host.current.Load()
	if err := s.host.reload(); err == nil || running == before || s.host.current.Load() != running {
		t.Error("a module that does not parse must leave the running generation", err)
	}
}
