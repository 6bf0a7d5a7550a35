package jsvm

import (
	"strings"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// limitedBy are the ways to give hooks a short limit.
var limitedBy = map[string]struct {
	flag   time.Duration
	stored int // seconds
}{
	"flag": {flag: 2 * tickEvery}, "settings": {stored: 1}, "flag before settings": {2 * tickEvery, 3600},
}

// storeTimeout changes the settings of an app.
func storeTimeout(app *core.App, seconds int) { app.Settings().Hooks.Timeout = seconds }

// expectStopped fails unless the work ended by a time limit, well before the
// default one.
func expectStopped(t *testing.T, began time.Time, err error) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), "time limit") || time.Since(began) > defaultScriptTime-time.Second {
		t.Errorf("%v after %v", err, time.Since(began))
	}
}

// TestCallbackLimits runs endless loops in functions that Go code calls later.
func TestCallbackLimits(t *testing.T) {
	t.Parallel()
	for name, limit := range limitedBy {
		t.Run("hook of Go code by "+name, func(t *testing.T) {
			t.Parallel()
			s := newScriptServer(t, map[string]string{"a.pb.js": `$app.onModelBeforeCreate("posts").add((e) => { for (;;) {} });`},
				func(c *Config) { c.ScriptTimeout = limit.flag })
			storeTimeout(s.app, limit.stored)
			posts, err := s.app.Dao().FindCollectionByNameOrId("posts")
			if err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			expectStopped(t, began, s.app.Dao().SaveRecord(models.NewRecord(posts)))
		})
		t.Run("migration by "+name, func(t *testing.T) {
			t.Parallel()
			app := coretest.New(t)
			cfg := migrationDir(t, map[string]string{"1_x.js": "migrate((db) => { for (;;) {} })"})
			cfg.ScriptTimeout = limit.flag
			storeTimeout(app, limit.stored)
			up, _, err := loadMigration(app, cfg, "1_x.js")
			if err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			expectStopped(t, began, up(app.DB()))
		})
	}
}

// TestLoadingHasItsOwnLimit evaluates files that take longer than their handlers
// may, at start and again in the runtimes of the pool.
func TestLoadingHasItsOwnLimit(t *testing.T) {
	t.Parallel()
	const slow = `for (const began = Date.now(); Date.now() - began < 500;) {}`
	s := newScriptServer(t, map[string]string{"a.pb.js": slow + `
		const mine = "answered";
		routerAdd("GET", "/t", (c) => c.string(200, mine));
		routerAdd("GET", "/loop", (c) => { for (;;) mine; });`}, func(c *Config) { c.ScriptTimeout = 2 * tickEvery })
	s.expect(t, map[string]string{"/t": "answered"})
	if got := s.get("/loop"); !strings.Contains(got, "time limit") {
		t.Errorf("an endless handler: %s", got)
	}
	cfg := migrationDir(t, map[string]string{"1_x.js": slow + "migrate(() => {})", "2_y.js": "for (;;) {}"})
	cfg.ScriptTimeout = 2 * tickEvery
	if _, _, err := loadMigration(s.app, cfg, "1_x.js"); err != nil {
		t.Error(err)
	}
	cfg.loadTime = 2 * tickEvery
	_, _, err := loadMigration(s.app, cfg, "2_y.js")
	checkError(t, "load", err, "time limit")
}
