package jsvm

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// scriptServer is an app with scripts behind its router.
type scriptServer struct {
	app    *core.App
	host   *host
	router *echo.Echo
	dir    string
	output *lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// newScriptServer loads the files, by name, and fails the test when one of
// them does not load.
func newScriptServer(tb testing.TB, files map[string]string, change ...func(*Config)) *scriptServer {
	tb.Helper()
	s, err := tryScriptServer(tb, files, change...)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func tryScriptServer(tb testing.TB, files map[string]string, change ...func(*Config)) (*scriptServer, error) {
	tb.Helper()
	s := &scriptServer{app: coretest.New(tb), dir: tb.TempDir(), output: &lockedBuffer{}}
	addPosts(tb, s.app)
	for name, source := range files {
		s.write(tb, name, source)
	}
	// The limit counts the heap of the process, which parallel tests share.
	cfg := Config{HooksDir: s.dir, HooksPoolSize: 4, Output: s.output, ScriptMemory: 8 << 30}
	for _, apply := range change {
		apply(&cfg)
	}
	s.host = newHost(s.app, cfg)
	err := s.host.start()
	s.host.bindLife()
	router, routerErr := apis.InitApi(s.app)
	if routerErr != nil {
		tb.Fatal(routerErr)
	}
	s.router = router
	if serveErr := s.app.OnBeforeServe().Trigger(&core.ServeEvent{App: s.app, Router: router, Server: &http.Server{}}); serveErr != nil {
		tb.Fatal(serveErr)
	}
	tb.Cleanup(func() { _ = s.host.stop(tb.Context()) })
	return s, err
}

func addPosts(tb testing.TB, app *core.App) {
	tb.Helper()
	empty := ""
	posts := &models.Collection{
		Name: "posts", Type: models.CollectionTypeBase, CreateRule: &empty, ViewRule: &empty, ListRule: &empty,
		Schema: schema.NewSchema(
			&schema.SchemaField{Name: "title", Type: schema.FieldTypeText},
			&schema.SchemaField{Name: "count", Type: schema.FieldTypeNumber},
			&schema.SchemaField{Name: "done", Type: schema.FieldTypeBool},
			&schema.SchemaField{Name: "tags", Type: schema.FieldTypeSelect, Options: &schema.SelectOptions{MaxSelect: 3, Values: []string{"a", "b", "c"}}},
			&schema.SchemaField{Name: "meta", Type: schema.FieldTypeJson, Options: &schema.JsonOptions{MaxSize: 1000}},
		),
	}
	if err := app.Dao().SaveCollection(posts); err != nil {
		tb.Fatal(err)
	}
}

func (s *scriptServer) write(tb testing.TB, name, source string) {
	tb.Helper()
	path := filepath.Join(s.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		tb.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(source), 0o600); err != nil {
		tb.Fatal(err)
	}
}

func (s *scriptServer) request(method, path, body string) (int, string) {
	req := httptest.NewRequest(method, path, strings.NewReader(body))
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res := httptest.NewRecorder()
	s.router.ServeHTTP(res, req)
	return res.Code, strings.TrimSpace(res.Body.String())
}

func (s *scriptServer) get(path string) string {
	_, body := s.request(http.MethodGet, path, "")
	return body
}

// expect sends GET requests and compares the answers.
func (s *scriptServer) expect(t *testing.T, want map[string]string) {
	t.Helper()
	for path, text := range want {
		if got := s.get(path); got != text {
			t.Errorf("GET %s\n got %s\nwant %s", path, got, text)
		}
	}
}

const generic400 = `{"code":400,"message":"Something went wrong while processing your request.","data":{}}`

func TestModuleScope(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{
		"a.pb.js": `
			const prefix = "a";
			let calls = 0;
			function shout(text) { return prefix + ":" + text + "!"; }
			routerAdd("GET", "/a", (c) => c.string(200, shout("x")));
			routerAdd("GET", "/calls", (c) => c.string(200, String(++calls)));
			routerAdd("GET", "/typeof", (c) => c.string(200, typeof prefix));
			for (const name of ["one", "two"]) routerAdd("GET", "/loop/" + name, (c) => c.string(200, name));
			const make = (n) => (c) => c.string(200, "made " + n);
			routerAdd("GET", "/made", make(7));
			class Greeter { hi(c) { return c.string(200, prefix + " hi"); } }
			routerAdd("GET", "/method", new Greeter().hi);
			routerAdd("GET", "/mw", (c) => c.string(200, c.get("who")), (next) => (c) => { c.set("who", prefix); return next(c); });
			routerAdd("GET", "/missing", (c) => c.string(200, nowhere));
			routerAdd("GET", "/text", "(c) => c.string(200, 'text')");`,
		"b.pb.js": `
			const prefix = "b"; // the same name as in the other file
			routerAdd("GET", "/b", (c) => c.string(200, prefix));`,
	}, func(c *Config) { c.HooksPoolSize = 1 })
	s.expect(t, map[string]string{
		"/a": "a:x!", "/b": "b", "/typeof": "undefined", "/loop/one": "one", "/loop/two": "two",
		"/made": "made 7", "/method": "a hi", "/mw": "a", "/text": "text", "/missing": generic400,
	})
	first, second := s.get("/calls"), s.get("/calls")
	if first != "1" || second != "2" {
		t.Errorf("state of the module: %s, %s", first, second)
	}
}

func TestReplayHasNoEffects(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		const limit = 3;
		const dao = $app.dao();
		$app.store().set("loads", ($app.store().get("loads") || 0) + 1);
		$app.store().set("limit", limit);
		$app.store().set("limit", "changed by a handler");
		dao.saveRecord(new Record(dao.findCollectionByNameOrId("posts"), { title: "loaded " + limit }));
		$app.onModelBeforeCreate("posts").add((e) => { $app.store().set("added", ($app.store().get("added") || 0) + limit); });
		routerAdd("GET", "/t", (c) => c.json(200, [limit, $app.store().get("loads"), $app.store().get("limit"), $app.dao().findRecordsByFilter("posts", "title ~ 'loaded'", "", 0, 0).length]));
		routerAdd("GET", "/save", (c) => { const d = $app.dao(); d.saveRecord(new Record(d.findCollectionByNameOrId("posts"), { title: "x" })); return c.json(200, $app.store().get("added")); });`})
	for range 3 {
		s.expect(t, map[string]string{"/t": `[3,1,"changed by a handler",1]`})
	}
	if got := s.get("/save"); got != "3" {
		t.Errorf("handler of the hook object ran %s times limit", got)
	}
}

func TestGlobalsPerRuntime(t *testing.T) {
	t.Parallel()
	const source = `routerAdd("GET", "/t", (c) => { globalThis.n = (globalThis.n || 0) + 1; return c.json(200, n); });`
	pooled := newScriptServer(t, map[string]string{"a.pb.js": source}, func(c *Config) { c.HooksPoolSize = 1 })
	fresh := newScriptServer(t, map[string]string{"a.pb.js": source}, func(c *Config) { c.HooksPoolSize = 0 })
	for i, want := range []string{"1", "2", "3"} {
		if got := pooled.get("/t"); got != want {
			t.Errorf("pool of one, call %d: %s", i, got)
		}
		if got := fresh.get("/t"); got != "1" {
			t.Errorf("pool of zero, call %d: %s", i, got)
		}
	}
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		onModelBeforeCreate((e) => {
			switch (e.model.get("title")) {
				case "api": throw new ApiError(418, "short", { title: new ValidationError("code", "text") });
				case "error": throw new TypeError("plain");
				case "text": throw "just text";
				case "object": throw { own: [1] };
				case "returned": return new ForbiddenError("no");
				case "false": return false;
				case "async": return (async () => { await null; throw new NotFoundError("late"); })();
				case "rows": $app.dao().findRecordById("posts", "missing");
			}
		}, "posts");
		routerAdd("GET", "/save/:t", (c) => {
			const r = new Record($app.dao().findCollectionByNameOrId("posts"), { title: c.pathParam("t") });
			try { $app.dao().saveRecord(r); } catch (e) {
				return c.json(200, [String(e), e.name, e.code, e instanceof TypeError, e.own, e instanceof GoError]);
			}
			return c.json(200, [r.isNew()]);
		});
		routerAdd("GET", "/uncaught/:t", (c) => { $app.dao().saveRecord(new Record($app.dao().findCollectionByNameOrId("posts"), { title: c.pathParam("t") })); });
		routerAdd("GET", "/form", () => {
			const form = new AdminUpsertForm($app, new Admin());
			form.email = "no address"; form.password = form.passwordConfirm = "1234567890";
			form.submit();
		});
		routerAdd("GET", "/form/rethrown", () => {
			const form = new AdminUpsertForm($app, new Admin());
			form.email = "no address"; form.password = form.passwordConfirm = "1234567890";
			try { form.submit(); } catch (e) { throw new BadRequestError("own", e.value); }
		});`})
	const invalidEmail = `"data":{"email":{"code":"validation_is_email","message":"Must be a valid email address."}}}`
	s.expect(t, map[string]string{
		"/form":          `{"code":400,"message":"Something went wrong while processing your request.",` + invalidEmail,
		"/form/rethrown": `{"code":400,"message":"Own.",` + invalidEmail,
		"/save/fine":     `[false]`,
		"/save/false":    `[true]`,
		"/save/api":      `["Short.",null,418,false,null,false]`,
		"/save/error":    `["TypeError: plain","TypeError",null,true,null,false]`,
		"/save/text":     `["just text",null,null,false,null,false]`,
		"/save/object":   `["[object Object]",null,null,false,[1],false]`,
		"/save/returned": `["No.",null,403,false,null,false]`,
		"/save/async":    `["Late.",null,404,false,null,false]`,
		"/save/rows":     `["GoError: sql: no rows in result set","GoError",null,false,null,true]`,
		"/uncaught/api":  `{"code":418,"message":"Short.","data":{"title":{"code":"code","message":"Text."}}}`,
		"/uncaught/rows": `{"code":404,"message":"The requested resource wasn't found.","data":{}}`,
		"/uncaught/text": generic400,
	})
}

func TestHookOptions(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{
		"a.pb.js": `
			onModelBeforeCreate((e) => { e.model.set("title", e.model.get("title") + "2"); }, "posts", { order: 2 });
			onModelBeforeCreate((e) => { e.model.set("title", e.model.get("title") + "1"); }, { order: 1, timeout: 500 });
			onModelBeforeCreate((e) => { throw new Error("ignored"); }, { onError: "continue" });`,
		"b.pb.js": `onModelBeforeCreate((e) => { e.model.set("title", e.model.get("title") + "0"); });`,
	})
	_, body := s.request(http.MethodPost, "/api/collections/posts/records", `{"title":"t"}`)
	if !strings.Contains(body, `"title":"t012"`) {
		t.Errorf("order: %s", body)
	}
	infos := s.app.OnModelBeforeCreate().Handlers()
	var sources []string
	for _, info := range infos {
		if strings.Contains(info.Source.Name, "pb.js") {
			sources = append(sources, info.Source.Name)
		}
	}
	if got := strings.Join(sources, " "); got != "a.pb.js:4 b.pb.js:1 a.pb.js:3 a.pb.js:2" {
		t.Errorf("sources: %s", got)
	}
}

func TestLoadFailures(t *testing.T) {
	t.Parallel()
	tests := []struct{ name, source, want string }{
		{"syntax", "routerAdd('GET', '/x', (c) => {\n  oops(( });", "Failed to execute a.pb.js:\n - SyntaxError: a.pb.js:2"},
		{"throws", "\nthrow new Error('load failure')", "load failure"},
		{"tag of an untagged hook", "onTerminate(() => {}, 'tag')", "too many input arguments"},
		{"bad cron", "cronAdd('bad', 'x', () => {})", "failed to register cron job bad"},
		{"text that is no function", "onTerminate('(')", "SyntaxError"},
		{"unknown option", "onTerminate(() => {}, { mode: 'later' })", `the option mode cannot be "later"`},
		{"endless loop", "for (;;) {}", "time limit"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s, err := tryScriptServer(t, map[string]string{
				"a.pb.js": "routerAdd('GET', '/before', (c) => c.string(200, 'before'));" + tt.source + "\nrouterAdd('GET', '/after', (c) => c.string(200, 'after'));",
				"b.pb.js": "routerAdd('GET', '/other', (c) => c.string(200, 'other'));",
			}, func(c *Config) { c.loadTime = tickEvery })
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("error %v, want %q", err, tt.want)
			}
			before, _ := s.request(http.MethodGet, "/before", "")
			if parses := tt.name != "syntax"; parses != (before == 200) {
				t.Errorf("/before answers %d", before)
			}
			if code, _ := s.request(http.MethodGet, "/after", ""); code != 404 {
				t.Errorf("/after answers %d", code)
			}
			if got := s.get("/other"); got != "other" {
				t.Errorf("the other file: %s", got)
			}
		})
	}
}

func TestLimits(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("GET", "/loop", (c) => { for (;;) {} });
		routerAdd("GET", "/loop-caught", (c) => { try { for (;;) {} } catch (e) { return c.string(200, "caught"); } finally { return c.string(200, "finally"); } });
		routerAdd("GET", "/deep", (c) => { const f = () => f() + 1; return f(); });
		routerAdd("GET", "/sleep", (c) => { sleep(300); return c.string(200, "slept"); });
		routerAdd("GET", "/panic", (c) => { $app.dao().saveRecord(null); });
		routerAdd("GET", "/panic-caught", (c) => { try { $app.dao().saveRecord(null); } catch (e) { return c.string(200, e.name); } });
		routerAdd("GET", "/cycle", (c) => { const a = {}; a.a = a; return c.json(200, a); });
		routerAdd("GET", "/ok", (c) => c.string(200, "ok"));`},
		func(c *Config) { c.ScriptTimeout = 2 * tickEvery; c.HooksPoolSize = 1 })
	const stopped = `{"code":503,"message":"Script stopped: `
	for path, want := range map[string]string{
		"/loop": stopped + "it ran longer than its time limit.", "/loop-caught": stopped + "it ran longer than its time limit.",
		"/deep": stopped + "too much recursion.", "/panic": generic400, "/cycle": generic400,
	} {
		if got := s.get(path); !strings.HasPrefix(got, want) {
			t.Errorf("GET %s: %s", path, got)
		}
		if got := s.get("/ok"); got != "ok" {
			t.Errorf("after %s: %s", path, got)
		}
	}
	s.expect(t, map[string]string{"/sleep": "slept", "/panic-caught": "GoError"})
}

func TestNestedCallsBeyondThePool(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		onModelBeforeCreate((e) => {
			const n = e.model.getInt("count");
			if (n > 0) { const d = $app.dao(); d.saveRecord(new Record(d.findCollectionByNameOrId("posts"), { count: n - 1 })); }
		}, "posts");
		routerAdd("GET", "/t", (c) => {
			const d = $app.dao();
			d.saveRecord(new Record(d.findCollectionByNameOrId("posts"), { count: 5 }));
			return c.json(200, d.findRecordsByFilter("posts", "id != ''", "", 0, 0).length);
		});`}, func(c *Config) { c.HooksPoolSize = 1 })
	s.expect(t, map[string]string{"/t": "6"})
}

func TestRoutes(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("GET", "/dup", (c) => c.string(200, "first"));
		routerAdd("get", "/dup", (c) => c.string(200, "second"));
		routerAdd("GET", "/u/:id", (c) => c.json(200, [c.pathParam("id"), c.path(), c.pathParams().length, c.pathParamDefault("x", "d")]));
		routerAdd("GET", "/u/me", (c) => c.string(200, "me"));
		routerAdd("GET", "/api/health", (c) => c.string(200, "mine"));
		routerAdd("GET", "/api/*", (c) => c.string(200, "rest"));
		routerAdd("ANY", "/any", (c) => c.string(200, "any"));
		routerUse((next) => (c) => { c.response().header().set("X-Use", "1"); return next(c); });
		routerPre((next) => (c) => { if (c.request().url.path === "/old") c.request().url.path = "/dup"; return next(c); });
		routerAdd("GET", "/false", (c) => false);
		routerAdd("GET", "/async", async (c) => { await null; return c.string(200, "async"); });
		routerAdd("GET", "/reject", async (c) => { throw new ForbiddenError("no"); });`})
	s.expect(t, map[string]string{
		"/dup": "second", "/u/me": "me", "/api/health": "mine", "/old": "second", "/false": "", "/async": "async",
		"/u/a%20b%2Fc": `["a b/c","/u/:id",1,"d"]`,
		"/reject":      `{"code":403,"message":"No.","data":{}}`,
		"/api/nothing": "rest",
	})
	for _, tt := range []struct {
		method, path string
		want         int
	}{
		{"POST", "/dup", 405},
		{"GET", "/any", 405},
		{"ANY", "/any", 200},
		{"GET", "/nowhere", 404},
		{"HEAD", "/dup", 405},
		{"GET", "/api/collections/posts/records", 200},
	} {
		if code, body := s.request(tt.method, tt.path, ""); code != tt.want {
			t.Errorf("%s %s: %d %s", tt.method, tt.path, code, body)
		}
	}
}

func TestCallbackOnAnotherGoroutine(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		let seen = 0;
		$app.onModelAfterCreate("posts").add((e) => { seen++; $app.store().set("seen", seen); });`})
	collection, err := s.app.Dao().FindCollectionByNameOrId("posts")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	failures := make(chan error, 20)
	for range 20 {
		group.Go(func() { failures <- s.app.Dao().SaveRecord(models.NewRecord(collection)) })
	}
	group.Wait()
	close(failures)
	for err := range failures {
		if err != nil {
			t.Error(err)
		}
	}
	if got := s.app.Store().Get("seen"); got != int64(20) {
		t.Errorf("seen %v", got)
	}
}

func TestReload(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `routerAdd("GET", "/t", (c) => c.string(200, "one")); onModelBeforeCreate((e) => { e.model.set("title", "one"); })`})
	s.write(t, "a.pb.js", `routerAdd("GET", "/t", (c) => { broken`)
	if err := s.host.reload(); err == nil || !strings.Contains(err.Error(), "Failed to execute a.pb.js") {
		t.Fatalf("reload of a broken file: %v", err)
	}
	s.expect(t, map[string]string{"/t": "one"})
	s.write(t, "a.pb.js", `routerAdd("GET", "/t", (c) => c.string(200, "two")); onModelBeforeCreate((e) => { e.model.set("title", e.model.get("title") + "two"); })`)
	if err := s.host.reload(); err != nil {
		t.Fatal(err)
	}
	s.expect(t, map[string]string{"/t": "two"})
	if _, body := s.request(http.MethodPost, "/api/collections/posts/records", `{"title":"t"}`); !strings.Contains(body, `"title":"ttwo"`) {
		t.Errorf("hooks after a reload: %s", body)
	}
	if err := os.Remove(filepath.Join(s.dir, "a.pb.js")); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.host.reload()); err != nil {
		t.Fatal(err)
	}
	if code, _ := s.request(http.MethodGet, "/t", ""); code != 404 {
		t.Errorf("a removed route answers %d", code)
	}
}

func TestMethodsStayBound(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("GET", "/t", (c) => {
			const col = $app.dao().findCollectionByNameOrId("posts");
			const a = new Record(col, { title: "a" }), b = new Record(col, { title: "b" });
			const out = [];
			const fromA = a.get;
			out.push(b.get("title"), fromA("title"), a.get("title"));
			const fromB = b.get;
			out.push(fromA("title"), fromB("title"), a.get(b.get("count") === 0 ? "title" : "count"));
			out.push([a, b].map((r) => r.getString("title")).join(), ["title"].map(b.getString).join());
			const { getString } = a;
			out.push(b.getString("title"), getString("title"), fromA.call(b, "title"), a.get.name, a.get.length, a.set.length);
			const save = $app.dao().saveRecord;
			save(a);
			out.push(a.isNew());
			return c.json(200, out);
		});`})
	s.expect(t, map[string]string{"/t": `["b","a","a","a","b","a","a,b","b","b","a","b","get",1,2,false]`})
}

func TestValues(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("GET", "/record", (c) => {
			const col = $app.dao().findCollectionByNameOrId("posts");
			const r = new Record(col, { title: "t", tags: ["a", "b"], meta: { k: [1] } });
			r.get("tags").push("c");
			r.get("tags")[0] = "c";
			const keys = Object.keys(r);
			return c.json(200, {
				json: JSON.parse(JSON.stringify(r)).title, tags: r.get("tags"), meta: JSON.parse(r.get("meta")), metaText: String(r.get("meta")),
				has: ["get", "publicExport", "id", "baseModel", "appendJSON", "toString"].map((k) => keys.includes(k)), isIn: "get" in r, isRecord: r instanceof Record,
				found: $app.dao().findRecordsByFilter("posts", "1=1", "", 1, 0) instanceof Array, created: String(r.created), same: r.collection().id === col.id, text: String(r),
			});
		});
		routerAdd("GET", "/struct", (c) => {
			const out = {}, col = new Collection({ name: "x" });
			const attempt = (k, fn) => { try { out[k] = fn(); } catch (e) { out[k] = e.name; } };
			attempt("number", () => { col.name = 5; return col.name; });
			attempt("null", () => { col.listRule = null; return col.listRule; });
			attempt("rule", () => { col.listRule = "id != ''"; return col.listRule; });
			attempt("unknown", () => { col.nothing = 1; });
			attempt("delete", () => { delete col.name; });
			attempt("method", () => { col.isBase = 1; });
			attempt("nested", () => { col.baseModel.id = "abc"; return col.id; });
			attempt("indexes", () => { col.indexes.push("i1"); return [col.indexes.length, Array.isArray(col.indexes)]; });
			attempt("live", () => { const s = $app.settings(); s.meta.appName = "live"; return $app.settings().meta.appName; });
			attempt("spread", () => "name" in { ...col });
			return c.json(200, out);
		});
		routerAdd("GET", "/data", (c) => {
			c.set("k", { date: new Date(0), list: [1, 1.5, undefined, null], set: new Set([1]), map: new Map([["a", 1]]), nested: { r: new Record() } });
			const k = c.get("k");
			const q = $apis.requestInfo(c).query;
			q.added = 1;
			delete q.a;
			return c.json(200, { k, keys: Object.keys(k), q, qKeys: Object.keys($apis.requestInfo(c).query), none: c.get("none"), undef: undefined });
		});
		routerAdd("GET", "/function", (c) => c.json(200, { f: () => 1 }));
		routerAdd("GET", "/nan", (c) => c.json(200, { n: NaN }));`})
	s.expect(t, map[string]string{
		"/record":       `{"created":"","found":true,"has":[true,true,true,true,false,false],"isIn":true,"isRecord":true,"json":"t","meta":{"k":[1]},"metaText":"{\"k\":[1]}","same":true,"tags":["a","b"],"text":"[object Object]"}`,
		"/struct":       `{"delete":"TypeError","indexes":[1,true],"live":"live","method":"TypeError","nested":"abc","null":null,"number":"5","rule":"id != ''","spread":true,"unknown":"TypeError"}`,
		"/data?b=1&a=2": `{"k":{"date":"1970-01-01T00:00:00Z","list":[1,1.5,null,null],"map":[["a",1]],"nested":{"r":{"collectionId":"","collectionName":"","created":"","id":"","updated":""}},"set":[1]},"keys":["date","list","map","nested","set"],"none":null,"q":{"added":1,"b":"1"},"qKeys":["b","added"],"undef":null}`,
		"/function":     generic400, "/nan": generic400,
	})
}

func TestNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"Get": "get", "ID": "id", "JSON": "json", "JSONPretty": "jsonPretty", "HTMLBlob": "htmlBlob", "RealIP": "realIP",
		"IsTLS": "isTLS", "RequestURI": "requestURI", "OAuth2User": "oAuth2User", "MD5": "md5", "S3": "s3", "X": "x", "JSONPBlob": "jsonpBlob",
	} {
		if got := jsName(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

func TestBombs(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("GET", "/small", (c) => {
			const out = {};
			const attempt = (k, fn) => { try { out[k] = fn(); } catch (e) { out[k] = e.name; } };
			attempt("repeat", () => "x".repeat(2 ** 40).length);
			attempt("pad", () => "x".padStart(2 ** 30).length);
			attempt("fill", () => Array(1e9).fill(0).length);
			attempt("join", () => Array(1e9).join("x").length);
			attempt("sort", () => { const z = []; z[4e9] = 1; return z.sort().length; });
			attempt("from", () => Array.from({ length: 1e9 }).length);
			attempt("buffer", () => new ArrayBuffer(2 ** 33).byteLength);
			attempt("parse", () => JSON.parse("[".repeat(1e6)));
			attempt("flat", () => { let a = []; for (let i = 0; i < 1e6; i++) a = [a]; return a.flat(Infinity).length; });
			attempt("fine", () => ["ab".repeat(3), "x".padEnd(3, "-"), Array(3).fill(1).join("+"), [3, 1, 2].sort().join(), Array.from("ab").length,
				new ArrayBuffer(8).byteLength, new ArrayBuffer(1) instanceof ArrayBuffer, new Uint8Array(4).length, [1, [2, [3]]].flat(Infinity).length, [1, [2, [3]]].flat().length,
				JSON.parse('{"a":[1]}').a[0], [null, undefined, 1].join(), "[".repeat(20000).length, JSON.parse(JSON.stringify("[".repeat(20000))).length]);
			return c.json(200, out);
		});
		routerAdd("GET", "/deep", (c) => { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return c.json(200, a); });
		routerAdd("GET", "/huge", (c) => c.json(200, Array(1e9)));
		routerAdd("GET", "/wide", (c) => { let a = ["x"]; for (let i = 0; i < 40; i++) a = [a, a]; return c.json(200, a); });
		routerAdd("GET", "/shared", (c) => { const a = [1]; return c.json(200, { a, b: a, m: new Map([[a, a]]) }); });`})
	s.expect(t, map[string]string{
		"/small": `{"buffer":"RangeError","fill":"RangeError","fine":["ababab","x--","1+1+1","1,2,3",2,8,true,4,3,3,1,",,1",20000,20000],"flat":1,"from":"RangeError","join":"RangeError","pad":"RangeError","parse":"RangeError","repeat":"RangeError","sort":"RangeError"}`,
		"/deep":  generic400, "/huge": generic400, "/shared": `{"a":[1],"b":[1],"m":[[[1],[1]]]}`,
	})
	// The bound on what is handed over and the one on memory race each other.
	if code, body := s.request(http.MethodGet, "/wide", ""); code != http.StatusBadRequest && code != http.StatusServiceUnavailable {
		t.Errorf("GET /wide: %d %s", code, body)
	}
}
