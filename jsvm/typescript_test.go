package jsvm

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// typedScript has a line of each kind that must keep its number.
const typedScript = `/// <reference path="../pb_data/types.d.ts" />
import { greet, type Greeting } from "./lib/greet";
import data from "./lib/data.json";
import text from "./lib/note.md";
import * as audit from "./lib/audit";

interface Query { name?: string }
enum Level { Low = 1, High }

audit.register();

routerAdd("GET", "/greet", (c) => {
  const q: Query = { name: c.queryParam("name") };
  return c.json(200, { hello: greet(q.name as Greeting), n: data.n, text, level: Level[Level.High] });
});

routerAdd("GET", "/alone", (c: any) => c.string(200, "alone"));

routerAdd("GET", "/stack", (c: any) => {
  type Unused = string;
  try {
    greet("boom");
  } catch (e: any) {
    return c.string(200, e.stack);
  }
});

routerAdd("GET", "/throw", (c: any) => {
  interface Unused { x: string }

  throw new Error("here");
});
`

var typedFiles = map[string]string{
	"main.pb.ts": typedScript,
	"lib/greet.ts": `export type Greeting = string;

export function greet(name: Greeting): string {
  if (name === "boom") {
    throw new Error("no " + name);
  }
  return "hello " + name;
}
`,
	"lib/audit.ts": `const seen: string[] = [];

export function register(): void {
  routerAdd("GET", "/audit", (c) => {
    seen.push("x");
    return c.string(200, "audit " + seen[0]);
  });
}
`,
	"lib/data.json": `{"n": 7}`,
	"lib/note.md":   "# note",
}

func TestTypeScript(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, typedFiles)
	for _, test := range []struct{ path, want string }{
		{"/greet?name=you", `{"hello":"hello you","level":"High","n":7,"text":"# note"}`},
		{"/alone", "alone"},
		{"/audit", "audit x"},
	} {
		if code, body := s.request(http.MethodGet, test.path, ""); code != http.StatusOK || body != test.want {
			t.Errorf("%s: %d %s", test.path, code, body)
		}
	}
}

// Handlers of bundles follow the same rule as others: those that use names of
// their file, or of what it imports, are closures.
func TestTypeScriptHandlers(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, typedFiles)
	want := []struct {
		name   string
		closed bool
	}{
		{"lib/audit.ts:4", true}, {"main.pb.ts:12", true}, {"main.pb.ts:17", false}, {"main.pb.ts:19", true}, {"main.pb.ts:28", false},
	}
	handlers := s.host.current.Load().handlers
	if len(handlers) != len(want) {
		t.Fatalf("%d handlers", len(handlers))
	}
	for i, h := range handlers {
		if h.name != want[i].name || (h.program == nil) != want[i].closed {
			t.Errorf("handler %d is %s, closure %v, want %+v", i, h.name, h.program == nil, want[i])
		}
	}
}

func TestTypeScriptStack(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, typedFiles)
	_, body := s.request(http.MethodGet, "/stack", "")
	for _, want := range []string{"/lib/greet.ts:5:11", "/main.pb.ts:22:5"} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s in %s", want, body)
		}
	}
	h := s.host.current.Load().handlers[4]
	err := h.runEvent(nil)
	if err == nil || !strings.Contains(reason(err), filepath.ToSlash(s.dir)+"/main.pb.ts:31:9") {
		t.Errorf("stack of a handler that stands alone: %s", reason(err))
	}
}

// TestModuleSyntax runs a plain script with the given files; the route answers
// what its default export says.
func TestModuleSyntax(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"import in javascript": {map[string]string{
			"a.pb.js": `import { x } from "./x.js"; routerAdd("GET", "/t", (c) => c.string(200, x))`,
			"x.js":    `export const x = "imported"`,
		}, "imported"},
		"dynamic import": {map[string]string{
			"a.pb.js": `routerAdd("GET", "/t", async (c) => { const m = await import("./x"); return c.string(200, m.default) })`,
			"x.ts":    `export default "later" as string`,
		}, "later"},
		"asynchronous generator": {map[string]string{
			"a.pb.js": `async function* count() { yield 1; yield 2 }
				routerAdd("GET", "/t", async (c) => { let n = 0; for await (const x of count()) n += x; return c.string(200, String(n)) })`,
		}, "3"},
		"require of typescript": {map[string]string{
			"a.pb.js": "routerAdd('GET', '/t', (c) => c.string(200, require(`${__hooks}/x`).x))",
			"x.ts":    `export const x: string = "typed"`,
		}, "typed"},
		"files of types alone": {map[string]string{
			"a.pb.ts":     "import type { X } from './types'; const x: X = typeof require('./types'); routerAdd('GET', '/t', (c: any) => c.string(200, x))",
			"types.ts":    `export type X = string`,
			"empty.pb.ts": "/// <reference path=\"../pb_data/types.d.ts\" />\n\n",
			"nil.pb.ts":   "interface Unused { x: string }",
			"none.pb.ts":  "",
		}, "object"},
		"require in typescript": {map[string]string{
			"a.pb.ts": "const { x } = require('./x'); routerAdd('GET', '/t', (c: any) => c.string(200, x + require(`${__hooks}/y.js`)))",
			"x.js":    `module.exports = { x: "a" }`,
			"y.js":    `module.exports = "b"`,
		}, "ab"},
		"package": {map[string]string{
			"a.pb.js":                          `import p from "p"; routerAdd("GET", "/t", (c) => c.string(200, p()))`,
			"node_modules/p/package.json":      `{"name": "p", "exports": {"import": "./m.mjs"}}`,
			"node_modules/p/m.mjs":             `export default () => "p"`,
			"node_modules/unused/package.json": `{}`,
		}, "p"},
		"optional module of node": {map[string]string{
			"a.pb.js":                     `import p from "p"; routerAdd("GET", "/t", (c) => c.string(200, p()))`,
			"node_modules/p/package.json": `{"name": "p"}`,
			"node_modules/p/index.js":     `let fs; try { fs = require("fs") } catch (e) { fs = e.message }; module.exports = () => fs`,
		}, "scripts do not have node:fs, use $os.readFile, $os.writeFile and $filesystem (needed by node_modules/p/index.js)"},
		"unicode properties": {map[string]string{
			"a.pb.js": `routerAdd("GET", "/t", (c) => c.string(200, [/^\p{L}+$/u.test("é"), new RegExp("^[\\p{Lu}_]+$", "u").test("É_"), /\P{L}/u.test("é"), /\p{Emoji}/u.test("😀"), /[^\p{Script=Greek}]/u.test("α"), RegExp("a") instanceof RegExp] + ""))`,
		}, "true,true,false,true,false,true"},
		"import meta": {map[string]string{
			"a.pb.ts": `const dir: string = import.meta.dirname; routerAdd("GET", "/t", (c) => c.string(200, String(dir === __hooks)))`,
		}, "true"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScriptServer(t, test.files)
			if code, body := s.request(http.MethodGet, "/t", ""); code != http.StatusOK || body != test.want {
				t.Errorf("%d %s, want %s", code, body, test.want)
			}
		})
	}
}

func TestModuleErrors(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		files map[string]string
		want  string
	}{
		"syntax":         {map[string]string{"a.pb.ts": "const a: number = 1;\nconst b: = 2;"}, `a.pb.ts:2:10: Unexpected "="`},
		"syntax beyond":  {map[string]string{"a.pb.ts": `import "./lib/b"`, "lib/b.ts": "\n  )"}, `lib/b.ts:2:3: Unexpected ")"`},
		"no package":     {map[string]string{"a.pb.ts": `import x from "left-pad/x"; x()`}, `a.pb.ts:1:15: cannot find the package "left-pad/x", install it beside the scripts: npm install left-pad`},
		"no file":        {map[string]string{"a.pb.ts": `import "./none"`}, `a.pb.ts:1:8: cannot find the file "./none"`},
		"no such export": {map[string]string{"a.pb.ts": `import { y } from "./b"; console.log(y)`, "b.ts": "export const x = 1"}, `a.pb.ts:1:10: No matching export in "b.ts" for import "y"`},
		"module of node": {map[string]string{"a.pb.ts": "import fs from 'node:fs';\nfs.readFileSync('x')"}, `a.pb.ts:1:16: scripts do not have node:fs, use $os.readFile`},
		"package needs node": {map[string]string{
			"a.pb.ts": `import "p"`, "node_modules/p/package.json": `{"name": "p"}`, "node_modules/p/index.js": `const net = require("net")`,
		}, `scripts do not have node:net, scripts have no sockets (needed by node_modules/p/index.js)`},
		"add-on": {map[string]string{
			"a.pb.ts": `import "p"`, "node_modules/p/package.json": `{"name": "p"}`, "node_modules/p/index.js": `require("./p.node")`, "node_modules/p/p.node": "\x7fELF",
		}, `scripts do not have native add-ons`},
		"await on top":    {map[string]string{"a.pb.ts": "const x = await Promise.resolve(1);"}, `a.pb.ts:1:11: await works in functions only`},
		"thrown at load":  {map[string]string{"a.pb.ts": `import { f } from "./b"; f()`, "b.ts": "interface A {}\nexport function f(): A { throw new Error('at load') }"}, `/b.ts:2:32`},
		"plain as before": {map[string]string{"a.pb.js": "let x = ;"}, `SyntaxError: a.pb.js:1:9 Unexpected token ;`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := tryScriptServer(t, test.files)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %s", err, test.want)
			}
		})
	}
}

func TestPlainScriptsAreNotBundled(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `const important = "export "; routerAdd("GET", "/", (c) => c.string(200, require(__hooks + "/x.js")))`, "x.js": "module.exports = 'x'"})
	s.request(http.MethodGet, "/", "")
	if n := len(s.host.bundles.kept); n != 0 {
		t.Errorf("%d bundles", n)
	}
}

func TestBundleIsKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	old := time.Now().Add(-time.Hour)
	write := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, old, old); err != nil {
			t.Fatal(err)
		}
		old = old.Add(time.Second)
	}
	b := newBundler(dir)
	bundle := func() *bundle {
		made, err := b.bundle(filepath.Join(dir, "a.pb.ts"))
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	write("a.pb.ts", `import { x } from "./x"; console.log(x)`)
	write("x.js", `export const x = "one"`)
	first := bundle()
	if bundle() != first {
		t.Error("made again though nothing changed")
	}
	write("x.js", `export const x = "one"`)
	if bundle() != first {
		t.Error("made again though the content is the same")
	}
	write("x.js", `export const x = "two"`)
	if second := bundle(); !strings.Contains(second.text, "two") {
		t.Error("kept though an imported file changed")
	}
	write("x.ts", `export const x = "three"`)
	if third := bundle(); !strings.Contains(third.text, "three") {
		t.Error("kept though the import means another file")
	}
}

func TestTypeScriptInFolderWithSpace(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "my hooks")
	if err := os.Mkdir(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.pb.ts"), []byte("\nthrow new Error('x' as string)"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := tryScriptServer(t, nil, func(cfg *Config) { cfg.HooksDir = dir })
	if err == nil || !strings.Contains(err.Error(), "my hooks/a.pb.ts:2:7") {
		t.Error(err)
	}
}

func TestTypeScriptInLinkedFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "linked")
	s := newScriptServer(t, typedFiles, func(cfg *Config) {
		if err := os.Symlink(cfg.HooksDir, dir); err != nil {
			t.Skip(err)
		}
		cfg.HooksDir = dir
	})
	if name := s.host.current.Load().handlers[0].name; name != "lib/audit.ts:4" {
		t.Error(name)
	}
	if _, body := s.request(http.MethodGet, "/stack", ""); !strings.Contains(body, dir+"/lib/greet.ts:5:11") {
		t.Error(body)
	}
}

func TestTypeScriptMigration(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, nil)
	s.write(t, "1_add.ts", "import { name } from './names';\ninterface X {}\nmigrate((db) => { if (name) { throw new Error('up ' + name) } }, (db) => {});\n")
	s.write(t, "names.d.ts", "declare const unused: string;")
	s.write(t, "names.ts", "export const name: string = 'posts'")
	up, down, err := loadMigration(s.app, Config{MigrationsDir: s.dir}, "1_add.ts")
	if err != nil || down == nil {
		t.Fatal(err)
	}
	if err := up(s.app.Dao().DB()); err == nil || !strings.Contains(err.Error(), "line 3: ") {
		t.Error(err)
	}
}
