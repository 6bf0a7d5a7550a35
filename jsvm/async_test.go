package jsvm

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/logger"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// TestAsyncRoutes checks what becomes of the promises of routes and middlewares.
func TestAsyncRoutes(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		const wait = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));
		routerAdd("GET", "/waits", async (c) => { const v = await wait(5, "later"); return c.string(200, v); });
		routerAdd("GET", "/order", async (c) => {
			const seen = [];
			setTimeout(() => seen.push("t2"), 2); setTimeout(() => seen.push("t0"), 0);
			setImmediate(() => seen.push("now")); queueMicrotask(() => seen.push("micro"));
			seen.push("sync");
			const never = setTimeout(() => seen.push("never"), 1); clearTimeout(never);
			let n = 0;
			await new Promise((resolve) => { const id = setInterval(() => { if (++n === 3) { clearInterval(id); resolve(); } }, 1); });
			return c.json(200, seen.concat(n));
		});
		routerAdd("GET", "/api-error", async (c) => { await wait(1); throw new ForbiddenError("keep out", { a: new ValidationError("x", "y") }); });
		routerAdd("GET", "/missing", async (c) => { await wait(1); $app.dao().findRecordById("posts", "nope"); });
		routerAdd("GET", "/plain", async (c) => { await wait(1); throw new Error("hidden"); });
		routerAdd("GET", "/text", async (c) => { throw "text"; });
		routerAdd("GET", "/returned", async (c) => { await wait(1); return new NotFoundError("gone"); });
		routerAdd("GET", "/never", async (c) => { await new Promise(() => {}); return c.string(200, "x"); });
		routerAdd("GET", "/timer-throws", async (c) => { setTimeout(() => { throw new BadRequestError("from a timer"); }, 1); await wait(1000); });
		routerAdd("GET", "/left-over", (c) => { setTimeout(() => $app.store().set("left", true), 1); return c.string(200, "done"); });
		routerAdd("GET", "/left", async (c) => { await wait(20); return c.json(200, $app.store().get("left") || false); });
		routerAdd("GET", "/mw", (c) => c.string(200, c.get("who")), (next) => async (c) => { c.set("who", await wait(2, "mw")); return next(c); });
		routerAdd("GET", "/mw-async", async (c) => { await wait(1); throw new BadRequestError("inner"); },
			async (next) => async (c) => { await wait(1); try { await next(c); } catch (e) { throw new NotFoundError("outer after " + e.message); } });
		routerAdd("GET", "/tx", async (c) => {
			try { $app.dao().runInTransaction(async (dao) => { await wait(1); }); } catch (e) { return c.string(200, String(e.message)); }
		});
		routerAdd("GET", "/tx-now", async (c) => {
			try { $app.dao().runInTransaction(async (dao) => { throw new Error("undone"); }); } catch (e) { return c.string(200, String(e.message)); }
		});`})
	s.expect(t, map[string]string{
		"/waits": "later", "/order": `["sync","micro","t0","now","t2",3]`,
		"/api-error": `{"code":403,"message":"Keep out.","data":{"a":{"code":"x","message":"Y."}}}`,
		"/missing":   `{"code":404,"message":"The requested resource wasn't found.","data":{}}`,
		"/plain":     generic400, "/text": generic400, "/never": generic400,
		"/returned":     `{"code":404,"message":"Gone.","data":{}}`,
		"/timer-throws": `{"code":400,"message":"From a timer.","data":{}}`,
		"/left-over":    "done", "/mw": "mw",
		"/mw-async": `{"code":404,"message":"Outer after Inner.","data":{}}`,
		"/tx":       "an async function that waits cannot be used here: the caller needs its result at once",
		"/tx-now":   "undone",
	})
	if got := s.get("/left"); got != "false" {
		t.Errorf("a timer outlived its call: %s", got)
	}
}

// TestAsyncHooks checks that hooks wait, fail and stop asynchronously.
func TestAsyncHooks(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
		onRecordBeforeCreateRequest(async (e) => {
			await wait(2);
			const title = e.record.get("title");
			if (title === "stop") return false;
			if (title === "fail") throw new BadRequestError("not this one");
			e.record.set("title", title + "!");
		}, "posts");
		onRecordBeforeCreateRequest((e) => { e.record.set("title", e.record.get("title") + "?"); }, "posts");
		$app.onRecordAfterCreateRequest("posts").add(async (e) => { await wait(2); e.record.set("count", 7); });`})
	for body, want := range map[string]string{
		`{"title":"a"}`:    `"title":"a!?"`,
		`{"title":"b"}`:    `"count":7`,
		`{"title":"fail"}`: `{"code":400,"message":"Not this one.","data":{}}`,
	} {
		if _, got := s.request(http.MethodPost, "/api/collections/posts/records", body); !strings.Contains(got, want) {
			t.Errorf("create %s\n got %s\nwant %s", body, got, want)
		}
	}
	if code, got := s.request(http.MethodPost, "/api/collections/posts/records", `{"title":"stop"}`); code != http.StatusOK || got != "" {
		t.Errorf("an asynchronous false answers %d %q", code, got)
	}
}

// TestAsyncLimits checks that waiting ends with the time limit, whatever is
// waited for, and that the runtime is replaced.
func TestAsyncLimits(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{
		"a.pb.js": `
		const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
		routerAdd("GET", "/wait", async (c) => { await wait(60000); }, { timeout: 100 });
		routerAdd("GET", "/interval", async (c) => { setInterval(() => {}, 0); await wait(60000); }, { timeout: 100 });
		routerAdd("GET", "/micro", async (c) => { for (;;) await null; }, { timeout: 100 });
		routerAdd("GET", "/mw", (c) => c.string(200, "x"), (next) => async (c) => { await wait(60000); }, { timeout: 100 });
		routerAdd("GET", "/timers", (c) => { for (;;) setTimeout(() => {}, 1e6); });
		routerAdd("GET", "/ok", async (c) => { await wait(1); return c.string(200, "ok"); });`,
	}, func(c *Config) { c.HooksPoolSize = 1; c.ScriptTimeout = 20 * time.Second })
	for path, want := range map[string]int{
		"/wait": http.StatusServiceUnavailable, "/interval": http.StatusServiceUnavailable, "/micro": http.StatusServiceUnavailable,
		"/mw": http.StatusServiceUnavailable, "/timers": http.StatusBadRequest,
	} {
		begun := time.Now()
		if code, body := s.request(http.MethodGet, path, ""); code != want {
			t.Errorf("GET %s answers %d %s", path, code, body)
		}
		if took := time.Since(begun); took > 10*time.Second {
			t.Errorf("GET %s took %v", path, took)
		}
		s.expect(t, map[string]string{"/ok": "ok"})
	}
	stops := 0
	for _, message := range loggedErrors(t, s.app) {
		if strings.Contains(message, "script stopped") {
			stops++
			if !strings.Contains(message, "a.pb.js:") {
				t.Errorf("the log does not tell the place: %s", message)
			}
		}
	}
	if stops != 4 {
		t.Errorf("%d stops are in the log", stops)
	}
}

// TestHandlerOptions checks the order, the limit and the name of handlers.
func TestHandlerOptions(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		onRecordsListRequest((e) => { e.httpContext.set("o", (e.httpContext.get("o") || "") + "a"); }, "posts", { order: 2, name: "last one" });
		onRecordsListRequest((e) => { e.httpContext.set("o", (e.httpContext.get("o") || "") + "b"); }, { timeout: 1500, order: 1 });
		onRecordsListRequest((e) => { e.httpContext.set("o", (e.httpContext.get("o") || "") + "c"); }, "posts");
		onRecordsListRequest((e) => e.httpContext.string(200, e.httpContext.get("o")), { order: 3, timeout: 0 });
		cronAdd("job", "0 0 1 1 *", () => {}, { name: "new year", timeout: 1000 });`})
	s.expect(t, map[string]string{"/api/collections/posts/records": "cba"})
	var infos []hook.Info
	for _, info := range s.app.OnRecordsListRequest().Handlers() {
		if info.Source.Kind == hook.Script {
			infos = append(infos, info)
		}
	}
	if len(infos) != 4 || infos[1].Timeout != 1500*time.Millisecond || infos[2].Source.Label != "last one" || infos[2].Source.Name != "a.pb.js:2" {
		t.Errorf("the hook knows %+v", infos)
	}
	budgets := map[string]int32{}
	for _, h := range s.host.current.Load().handlers {
		budgets[h.source().Name] = s.host.cfg.ticks(h.budget, settings.HooksConfig{})
	}
	seconds := func(s time.Duration) int32 { return int32(s*time.Second/tickEvery) + 1 }
	if budgets["a.pb.js:2"] != seconds(10) || budgets["a.pb.js:5"] != endlessBudget || budgets["a.pb.js:6"] != seconds(1) {
		t.Errorf("the limits are %v", budgets)
	}
}

// TestTimeLimits checks which limit is whose.
func TestTimeLimits(t *testing.T) {
	t.Parallel()
	stored := settings.HooksConfig{Timeout: 3, RouteTimeout: 90}
	tests := []struct {
		name               string
		cfg                Config
		stored             settings.HooksConfig
		hooks, routes, job time.Duration
	}{
		{"defaults", Config{}, settings.HooksConfig{}, 10 * time.Second, time.Minute, noTimeLimit},
		{"one for both", Config{ScriptTimeout: 2 * time.Second}, settings.HooksConfig{}, 2 * time.Second, 2 * time.Second, noTimeLimit},
		{"two", Config{ScriptTimeout: 2 * time.Second, RouteTimeout: time.Hour}, settings.HooksConfig{}, 2 * time.Second, time.Hour, noTimeLimit},
		{"none", Config{ScriptTimeout: noTimeLimit}, settings.HooksConfig{}, noTimeLimit, noTimeLimit, noTimeLimit},
		{"settings", Config{}, stored, 3 * time.Second, 90 * time.Second, noTimeLimit},
		{"settings for hooks", Config{}, settings.HooksConfig{Timeout: 3}, 3 * time.Second, time.Minute, noTimeLimit},
		{"settings for routes", Config{}, settings.HooksConfig{RouteTimeout: 3}, 10 * time.Second, 3 * time.Second, noTimeLimit},
		{"one before settings", Config{ScriptTimeout: 2 * time.Second}, stored, 2 * time.Second, 2 * time.Second, noTimeLimit},
		{"routes before settings", Config{RouteTimeout: 2 * time.Second}, stored, 3 * time.Second, 2 * time.Second, noTimeLimit},
		{"none before settings", Config{ScriptTimeout: noTimeLimit}, stored, noTimeLimit, noTimeLimit, noTimeLimit},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			for kind, want := range map[handlerKind]time.Duration{
				hookHandler: tt.hooks, routeHandler: tt.routes, middlewareHandler: tt.routes, cronHandler: tt.job,
			} {
				if got := tt.cfg.timeLimit(kind, tt.stored); got != want {
					t.Errorf("%s: %v, want %v", kind, got, want)
				}
				if got, ticks := tt.cfg.ticks(tt.cfg.budgetOf(kind, 0), tt.stored), tt.cfg.fixedBudget(want); got != ticks {
					t.Errorf("%s: %d ticks, want %d", kind, got, ticks)
				}
			}
		})
	}
}

// TestStoredTimeLimits checks that a change of the settings acts on a script that
// is running, with a limit of its own or without.
func TestStoredTimeLimits(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		const change = () => { const f = new SettingsUpsertForm($app); f.hooks.routeTimeout = 1; f.submit(); };
		routerAdd("GET", "/loop", (c) => { change(); for (;;) {} });
		routerAdd("GET", "/own", (c) => {
			change();
			for (const began = Date.now(); Date.now() - began < 1200;) {}
			return c.string(200, "ended");
		}, { timeout: 60000 });`})
	began := time.Now()
	if code, body := s.request(http.MethodGet, "/loop", ""); code != http.StatusServiceUnavailable || time.Since(began) > defaultRouteTime/2 {
		t.Errorf("%d %s after %v", code, body, time.Since(began))
	}
	s.expect(t, map[string]string{"/own": "ended"})
}

// TestUnhandledRejections checks that the log tells of promises nobody waits for.
func TestUnhandledRejections(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("GET", "/forgotten", (c) => { (async () => { throw new Error("nobody waits"); })(); return c.string(200, "ok"); });
		routerAdd("GET", "/handled", async (c) => { const p = Promise.reject(new Error("x")); await null; try { await p; } catch {} return c.string(200, "ok"); });`})
	s.expect(t, map[string]string{"/forgotten": "ok", "/handled": "ok"})
	if got := loggedErrors(t, s.app); len(got) != 1 || !strings.Contains(got[0], "nobody waits") {
		t.Errorf("logged %q", got)
	}
}

// loggedErrors returns the messages of the errors that the log has.
func loggedErrors(t *testing.T, app *core.App) []string {
	t.Helper()
	app.Logger().Handler().(*logger.Handler).Flush(t.Context())
	var logs []*models.Log
	if err := app.LogsDao().LogQuery().AndWhere(dbx.NewExp("level >= 8")).All(&logs); err != nil {
		t.Fatal(err)
	}
	messages := make([]string, len(logs))
	for i, entry := range logs {
		messages[i] = entry.Message
	}
	return messages
}
