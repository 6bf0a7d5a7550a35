// Package workshop_test uses the commands for authors of scripts on the binary.
package workshop_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// run executes a command and compares its exit code.
func run(t *testing.T, f apptest.Folder, wantCode int, args ...string) string {
	t.Helper()
	out, code := f.Run(t, append([]string{"hooks"}, args...)...)
	if code != wantCode {
		t.Fatalf("hooks %s: exit %d, want %d\n%s", strings.Join(args, " "), code, wantCode, out)
	}
	return out
}

func contains(t *testing.T, out string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(out, part) {
			t.Errorf("missing %q in\n%s", part, out)
		}
	}
}

// TestTemplates creates every template, alone in its folder, and runs its test.
func TestTemplates(t *testing.T) {
	t.Parallel()
	listing := run(t, apptest.NewFolder(t), 0, "new")
	for line := range strings.Lines(listing) {
		name, about, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || about == "" {
			t.Errorf("a template without a description: %q", line)
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := apptest.NewFolder(t)
			contains(t, run(t, f, 0, "new", name, "mine"), "created", "mine.pb.", "mine.test.pb.")
			contains(t, run(t, f, 0, "check"), "no problems")
			contains(t, run(t, f, 0, "test"), " 0 failed, 0 skipped")
			contains(t, run(t, f, 1, "new", name, "mine"), "exists already")
		})
	}
}

func TestNewRefusesBadNames(t *testing.T) {
	t.Parallel()
	f := apptest.NewFolder(t)
	for _, name := range []string{"../x", "a/b", ".hidden", ""} {
		contains(t, run(t, f, 1, "new", "slug", name), "is no name for a file")
	}
	contains(t, run(t, f, 1, "new", "nope"), `there is no template "nope"`)
	if entries, err := os.ReadDir(f.Path("pb_hooks")); err != nil || len(entries) != 0 {
		t.Errorf("files %v, %v", entries, err)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		files map[string]string
		want  []string // none: no problems
	}{
		{"nothing", nil, nil},
		{"module scope and globals", map[string]string{
			"a.pb.js":  "const a = () => b;\nconst b = 1;\nonModelBeforeCreate((e) => { a(); URL; setTimeout; if (typeof nope !== 'undefined') nope() }, 'users', '_admins')",
			"b.pb.js":  "globalThis.shared = 1",
			"c.pb.js":  "routerAdd('GET', '/x', (c) => c.json(200, shared))",
			"d.pb.ts":  "interface A { x: number }\nconst a: A = { x: 1 }\nexport default a",
			"lib/e.js": "notRequired()",
		}, nil},
		{
			"unknown name",
			map[string]string{"a.pb.js": "const helper = 1\nrouterAdd('GET', '/x', (c) => c.json(200, helpre))"},
			[]string{`a.pb.js:2:43: unknown name "helpre"`, "did you mean helper?"},
		},
		{
			"unknown event",
			map[string]string{"a.pb.js": "\nonModelBeforeCreated((e) => {})"},
			[]string{`a.pb.js:2:1: unknown event "onModelBeforeCreated"`, "did you mean onModelBeforeCreate?"},
		},
		{
			"unknown member",
			map[string]string{"a.pb.js": "routerAdd('GET', '/x', (c) => $app.doa())"},
			[]string{`a.pb.js:1:36: $app has no member "doa"`, "did you mean dao?"},
		},
		{
			"unknown tag",
			map[string]string{"a.pb.js": "\n\nonRecordViewRequest((e) => {}, 'user')"},
			[]string{"a.pb.js:3: onRecordViewRequest: no collection", `did you mean "users"?`},
		},
		{
			"name of another file",
			map[string]string{"a.pb.js": "const shared = 1", "b.pb.js": "cronAdd('x', '* * * * *', () => shared)"},
			[]string{`b.pb.js:1:33: unknown name "shared"`, "a.pb.js declares it for itself"},
		},
		{
			"module",
			map[string]string{"a.pb.js": "require('./lib')\nrequire(`${__hooks}/gone`)", "lib.js": "module.exports = () => oops"},
			[]string{`a.pb.js:2:9: there is no module`, `lib.js:1:24: unknown name "oops"`},
		},
		{"syntax", map[string]string{"a.pb.js": "const a = 1\nrouterAdd('GET' '/x')"}, []string{"a.pb.js:2:17: SyntaxError"}},
		{"TypeScript", map[string]string{"a.pb.ts": "interface A {}\nconst a: = 1"}, []string{"a.pb.ts:2:10"}},
		{"package", map[string]string{"a.pb.ts": "import x from 'not-installed'\nx()"}, []string{"a.pb.ts:1:15", "not-installed", "npm install"}},
		{"does not load", map[string]string{"a.pb.js": "// one\nthrow new Error('no')"}, []string{"a.pb.js:2:7: Error: no"}},
		{
			"test file",
			map[string]string{"a.test.pb.js": "test('x', () => { expect(1).toBe(nope) })"},
			[]string{`a.test.pb.js:1:34: unknown name "nope"`},
		},
		{
			"test globals elsewhere",
			map[string]string{"a.pb.js": "routerAdd('GET', '/x', (c) => expect(1))"},
			[]string{`unknown name "expect"`, "only files called *.test.pb.js"},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			f := apptest.NewFolder(t)
			for name, content := range tt.files {
				f.Write(t, "pb_hooks/"+name, content)
			}
			if tt.want == nil {
				contains(t, run(t, f, 0, "check"), "no problems")
				return
			}
			contains(t, run(t, f, 1, "check"), append(tt.want, " found")...)
		})
	}
}

// TestCheckKnowsPendingMigrations finds collections that the data folder will
// only have once it is served.
func TestCheckKnowsPendingMigrations(t *testing.T) {
	t.Parallel()
	f := apptest.NewFolder(t)
	f.Write(t, "pb_migrations/1900000000_posts.js", `migrate((db) => {
  new Dao(db).saveCollection(new Collection({ name: "posts", type: "base", schema: [{ name: "title", type: "text" }] }))
})`)
	f.Write(t, "pb_hooks/a.pb.js", `onRecordViewRequest((e) => {}, "posts")`)
	contains(t, run(t, f, 0, "check"), "no problems")
	if _, err := os.Stat(f.Path("pb_data")); err == nil {
		t.Error("the data folder was made")
	}
}

func TestTestRunner(t *testing.T) {
	t.Parallel()
	f := apptest.NewFolder(t)
	f.Write(t, "pb_hooks/users.pb.js", `
onRecordBeforeCreateRequest((e) => {
  console.log("creating")
  if (e.record.getString("name") === "bad") throw new Error("refused")
}, "users")`)
	f.Write(t, "pb_hooks/users.test.pb.js", `
const count = () => $app.dao().findRecordsByExpr("users").length
const create = (name) => $test.request("POST", "/api/collections/users/records", {
  body: { name, password: "1234567890", passwordConfirm: "1234567890" },
})
let calls = 0
describe("users", () => {
  beforeEach(() => { calls++ })
  test("one", () => { create("a"); expect(count()).toBe(1); expect(calls).toBe(1) })
  test("isolated", async () => { await Promise.resolve(); expect(count()).toBe(0); expect(calls).toBe(1) })
  test("refused", () => {
    expect(create("bad").status).toBe(200)
  })
  test.skip("later", () => {})
})
test("rejection", async () => {
  await new Promise((resolve) => setTimeout(resolve, 1))
  throw new TypeError("asynchronous")
})
test("endless", () => { for (;;); }, { timeout: 100 })
`)
	f.Write(t, "pb_hooks/deep/more.test.pb.ts", `const n: number = 1
test("typescript", () => { expect(n).toBe(1) })`)
	out := run(t, f, 1, "test")
	contains(t, out, "deep/more.test.pb.ts", "✓ typescript", "✓ users › one", "✓ users › isolated", "- users › later",
		"✗ users › refused", "expected: 200", "received: 400", "at users.test.pb.js:12:",
		"onRecordBeforeCreateRequest of users.pb.js:2 failed: Error: refused at users.pb.js:4:", "console:", "creating",
		"✗ rejection", "TypeError: asynchronous", "at users.test.pb.js:18:",
		"✗ endless", "longer than its time limit",
		"2 files, 7 tests: 3 passed, 3 failed, 1 skipped", "Error: 3 tests failed")

	contains(t, run(t, f, 0, "test", "--run", "one|isolated", "users.test.pb.js"), "1 file, 6 tests: 2 passed, 0 failed, 4 skipped")
	contains(t, run(t, f, 1, "test", "--bail", "users.test.pb.js"), " 1 failed")
	contains(t, run(t, f, 1, "test", "gone.test.pb.js"), "is no test file")
	contains(t, run(t, apptest.NewFolder(t), 0, "test"), "There are no tests")
}

// TestTestRunnerCopiesTheData runs tests beside a server and leaves its data alone.
func TestTestRunnerCopiesTheData(t *testing.T) {
	t.Parallel()
	f := apptest.NewFolder(t)
	f.Write(t, "pb_hooks/a.test.pb.js", `
test("sees the data", () => {
  const users = $app.dao().findRecordsByExpr("users")
  expect(users.map((user) => user.getString("name"))).toEqual(["kept"])
  for (const user of users) $app.dao().deleteRecord(user)
})
test("sees it again", () => expect($app.dao().findRecordsByExpr("users")).toHaveLength(1))
test("catches mails and requests", () => {
  $app.newMailClient().send(new MailerMessage({ from: { address: "a@example.com" }, to: [{ address: "b@example.com" }], subject: "Hi" }))
  expect($test.mails()).toMatchObject([{ from: "a@example.com", to: ["b@example.com"], subject: "Hi" }])
  expect(() => $http.send({ url: "https://example.com" })).toThrow("no answer is prepared")
  $test.http("https://example.com/*", { json: { ok: true } })
  expect($http.send({ url: "https://example.com/x" }).json).toEqual({ ok: true })
  expect($test.requests()).toHaveLength(2)
})
test("fetch is caught, too", async () => {
  $test.http("POST https://example.com", { status: 201, body: "made" })
  const answer = await fetch("https://example.com", { method: "POST", body: "x" })
  expect(answer.status).toBe(201)
  expect(await answer.text()).toBe("made")
  await expect(fetch("https://example.org")).rejects.toThrow("no answer is prepared")
})
`)
	s := f.Serve(t)
	s.Must(http.MethodPost, "/api/collections/users/records", "", map[string]any{
		"name": "kept", "password": "1234567890", "passwordConfirm": "1234567890",
	})
	contains(t, run(t, f, 0, "test"), "4 passed, 0 failed")
	var list struct{ TotalItems int }
	s.Must(http.MethodGet, "/api/collections/users/records", s.Admin(), nil).JSON(t, &list)
	if list.TotalItems != 1 {
		t.Errorf("%d users are left", list.TotalItems)
	}
}

func TestListAndTraces(t *testing.T) {
	t.Parallel()
	f := apptest.NewFolder(t)
	f.Write(t, "pb_hooks/b.pb.js", `onRecordsListRequest((e) => {}, "users", { order: -1, timeout: 500, name: "early" })`)
	f.Write(t, "pb_hooks/a.pb.js", `
onRecordsListRequest((e) => {}, "users")
onRecordBeforeCreateRequest((e) => { e.record.set("name", "changed") }, "users")
routerAdd("GET", "/fails", (c) => { throw new Error("on purpose") })
cronAdd("job", "0 0 * * *", () => {})`)
	out := run(t, f, 0, "list")
	if before, after := strings.Index(out, "b.pb.js:1"), strings.Index(out, "a.pb.js:2"); before < 0 || after < before {
		t.Errorf("order\n%s", out)
	}
	contains(t, out, "name=early", "order=-1", "timeout=500ms", "route GET /fails", "cron job 0 0 * * *")
	contains(t, run(t, f, 0, "list", "--all"), "core.(*App).cleanStorage")

	s := f.Serve(t, "--dev")
	token := s.Admin()
	s.Must(http.MethodGet, "/api/collections/users/records", token, nil)
	s.Must(http.MethodPost, "/api/collections/users/records", token, map[string]any{"password": "1234567890", "passwordConfirm": "1234567890"})
	if answer, err := s.Do(http.MethodGet, "/fails", "", nil); err != nil || answer.Status != http.StatusBadRequest {
		t.Fatalf("%+v, %v", answer, err)
	}
	type trace struct {
		ID                                   int64
		Event, Source, Outcome, Place, Error string
		Request, Subject                     string
		Changed                              []string
	}
	query := func(query string) []trace {
		var list struct{ Items []trace }
		s.Must(http.MethodGet, "/api/hooks/traces?"+query, token, nil).JSON(t, &list)
		return list.Items
	}
	if runs := query("since=1h"); len(runs) != 4 || runs[0].Event != "route GET /fails" || runs[3].Source != "b.pb.js:1" {
		t.Errorf("runs %+v", runs)
	}
	if runs := query("outcome=failed"); len(runs) != 1 || runs[0].Place != "a.pb.js:4:43" || runs[0].Error != "Error: on purpose" || runs[0].Request != "GET /fails" {
		t.Errorf("failed runs %+v", runs)
	}
	if runs := query("hook=onRecordBeforeCreateRequest"); len(runs) != 1 || strings.Join(runs[0].Changed, ",") != "name" {
		t.Errorf("runs of the hook %+v", runs)
	}
	if runs := query("handler=a.pb.js&limit=2"); len(runs) != 2 {
		t.Errorf("runs of the file %+v", runs)
	}
	if runs := query("since=2999-01-01"); len(runs) != 0 {
		t.Errorf("future runs %+v", runs)
	}
	var listed struct {
		Items []struct {
			Source         string
			Runs, Failures int64
		}
	}
	s.Must(http.MethodGet, "/api/hooks", token, nil).JSON(t, &listed)
	figures := map[string][2]int64{}
	for _, item := range listed.Items {
		figures[item.Source] = [2]int64{item.Runs, item.Failures}
	}
	if figures["a.pb.js:4"] != [2]int64{1, 1} || figures["b.pb.js:1"] != [2]int64{1, 0} {
		t.Errorf("figures %v", figures)
	}
	for _, path := range []string{"/api/hooks", "/api/hooks/traces"} {
		if answer, err := s.Do(http.MethodGet, path, "", nil); err != nil || answer.Status != http.StatusUnauthorized {
			t.Errorf("%s for guests: %+v, %v", path, answer, err)
		}
	}
	if code := s.Stop(); code != 0 {
		t.Errorf("exit %d", code)
	}
	contains(t, s.Output(), "GET /fails", "└─ route GET /fails", "failed: Error: on purpose at a.pb.js:4:43", "changed name")
	contains(t, run(t, f, 0, "list"), "1 run, ", "1 failed")
	var asJSON []map[string]any
	if err := json.Unmarshal([]byte(run(t, f, 0, "list", "--json")), &asJSON); err != nil || len(asJSON) != 5 {
		t.Errorf("list --json: %v, %v", asJSON, err)
	}
}

// TestBrokenFileWithoutWatch starts commands that must not run a server without
// all its scripts. Those for authors run all the same and tell what is broken.
func TestBrokenFileWithoutWatch(t *testing.T) {
	t.Parallel()
	for broken, place := range map[string]string{
		"routerAdd(\"GET\", \"/b\", (c) => {})\nconst x = ;\n": "broken.pb.js:2:11: ",
		"\n\nthrow new Error(\"at load\")\n":                   "broken.pb.js:3:7: ",
		"import { x } from \"nowhere-to-be-found\"\nx()\n":     "broken.pb.js:1:19: ",
	} {
		f := apptest.NewFolder(t)
		f.Write(t, "pb_hooks/a.pb.js", `routerAdd("GET", "/a", (c) => c.string(200, "a"))`)
		f.Write(t, "pb_hooks/broken.pb.js", broken)
		contains(t, run(t, f, 1, "check", "--hooksWatch=false"), place, "with --hooksWatch=false the server does not start", "1 problem found")
		contains(t, run(t, f, 1, "list", "--hooksWatch=false"), "route GET /a", "a.pb.js:1", place)
		for _, command := range [][]string{{"serve", "--http=127.0.0.1:0", "--hooksWatch=false"}, {"migrate", "up", "--hooksWatch=false"}} {
			out, code := f.Run(t, command...)
			if code != 2 {
				t.Errorf("%q: exit code %d", command, code)
			}
			contains(t, out, "Failed to execute broken.pb.js", "hooks check")
		}
		if out, code := f.Run(t, "version", "--hooksWatch=false"); code != 0 {
			t.Errorf("version: exit code %d\n%s", code, out)
		}
		f.Write(t, "pb_hooks/broken.pb.js", "")
		contains(t, run(t, f, 0, "check", "--hooksWatch=false"), "no problems")
	}
}

// TestTracesHaveTheConsole prints in hooks and routes, and reads it in the traces.
// In the output of --dev they count the lines, which stand there already.
func TestTracesHaveTheConsole(t *testing.T) {
	t.Parallel()
	f := apptest.NewFolder(t)
	f.Write(t, "pb_hooks/a.pb.js", `
onRecordsListRequest((e) => { console.log("asked for", e.result.page, { a: 1 }) }, "users")
routerAdd("GET", "/prints", async (c) => {
  console.warn("first\nsecond line");
  await null;
  for (let i = 0; i < 30; i++) console.log("line " + i, "x".repeat(2000));
  throw new Error("on purpose");
}, (next) => (c) => { console.error("before"); return next(c); })`)
	s := f.Serve(t, "--dev")
	token := s.Admin()
	s.Must(http.MethodGet, "/api/collections/users/records", token, nil)
	if answer, err := s.Do(http.MethodGet, "/prints", "", nil); err != nil || answer.Status != http.StatusBadRequest {
		t.Fatalf("%+v, %v", answer, err)
	}
	var list struct {
		Items []struct {
			Event, Outcome string
			Console        []struct{ Level, Text string }
			ConsoleDropped int
		}
	}
	s.Must(http.MethodGet, "/api/hooks/traces", token, nil).JSON(t, &list)
	printed := map[string]string{}
	for _, run := range list.Items {
		var lines []string
		for _, line := range run.Console {
			lines = append(lines, line.Level+" "+line.Text[:min(len(line.Text), 30)])
		}
		printed[run.Event] = fmt.Sprintf("%d %d %s", len(lines), run.ConsoleDropped, strings.Join(lines[:min(len(lines), 2)], "|"))
	}
	for event, want := range map[string]string{
		"onRecordsListRequest":   "1 0 log asked for 1 [object Object]",
		"middleware GET /prints": "1 0 error before",
		"route GET /prints":      "20 11 warn first\nsecond line|log line 0 " + strings.Repeat("x", 23),
	} {
		if printed[event] != want {
			t.Errorf("%s printed %q, want %q", event, printed[event], want)
		}
	}
	contains(t, s.Output(), " ms printed 1\n", " printed 31 failed: Error: on purpose")
	for _, line := range []string{"asked for 1", "before", "second line", "line 25 "} {
		if n := strings.Count(s.Output(), line); n != 1 {
			t.Errorf("%q is printed %d times", line, n)
		}
	}
}
