package core_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// script binds a handler as if a script had registered it.
func script(app *core.App, source string, fn func(e *core.ModelEvent) error) {
	app.OnModelBeforeCreate("users").Bind(hook.Handler[*core.ModelEvent]{
		Info: hook.Info{Source: hook.Source{Kind: hook.Script, Name: source}}, Func: fn,
	})
}

func tracedUser(tb testing.TB, app *core.App) *models.Record {
	tb.Helper()
	users, err := app.Dao().FindCollectionByNameOrId("users")
	if err != nil {
		tb.Fatal(err)
	}
	user := models.NewRecord(users)
	user.Set("username", "ada")
	user.Set("passwordHash", "x")
	user.Set("tokenKey", "y")
	return user
}

func TestRuns(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	fail := errors.New("refused")
	var outcome error
	script(app, "a.pb.js:1", func(e *core.ModelEvent) error {
		user := e.Model.(*models.Record)
		user.Set("name", "changed")
		user.Set("username", user.Username()) // the same value is no change
		return nil
	})
	script(app, "b.pb.js:2", func(*core.ModelEvent) error { return outcome })
	for _, outcome = range []error{nil, hook.StopPropagation, fail} {
		_ = app.Dao().SaveRecord(tracedUser(t, app)) // the outcome is what is traced
	}
	var got []string
	for _, run := range core.Runs(app, core.RunFilter{Event: "onModelBeforeCreate"}) {
		got = append(got, run.Source+" "+run.Outcome+" "+strings.Join(run.Changed, ",")+" "+run.Error)
	}
	want := []string{
		"b.pb.js:2 failed  refused", "a.pb.js:1 ok name ", "b.pb.js:2 stopped  ", "a.pb.js:1 ok name ", "b.pb.js:2 ok  ", "a.pb.js:1 ok name ",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("runs\n%s", strings.Join(got, "\n"))
	}
	for name, tt := range map[string]struct {
		filter core.RunFilter
		want   int
	}{
		"all":     {core.RunFilter{}, 6},
		"file":    {core.RunFilter{Handler: "b.pb.js"}, 3},
		"line":    {core.RunFilter{Handler: "b.pb.js:2"}, 3},
		"prefix":  {core.RunFilter{Handler: "b.pb"}, 0},
		"outcome": {core.RunFilter{Outcome: core.RunFailed}, 1},
		"after":   {core.RunFilter{After: 4}, 2},
		"since":   {core.RunFilter{Since: time.Now().Add(time.Hour)}, 0},
		"limit":   {core.RunFilter{Limit: 2}, 2},
	} {
		if n := len(core.Runs(app, tt.filter)); n != tt.want {
			t.Errorf("%s: %d runs, want %d", name, n, tt.want)
		}
	}
}

func TestRunsAreBounded(t *testing.T) {
	t.Parallel()
	app := coretest.New(t, func(c *core.Config) { c.TracedRuns = 3 })
	for range 7 {
		_ = core.TraceRun(app, "route GET /x", "a.pb.js:1", func() error { return nil })
	}
	runs := core.Runs(app, core.RunFilter{})
	if len(runs) != 3 || runs[0].ID != 7 || runs[2].ID != 5 {
		t.Errorf("runs %+v", runs)
	}
	off := coretest.New(t, func(c *core.Config) { c.TracedRuns = -1 })
	if err := core.TraceRun(off, "x", "y", func() error { return errors.New("kept") }); err == nil || len(core.Runs(off, core.RunFilter{})) != 0 {
		t.Error("a run was kept")
	}
}

// TestPrinted traces runs within each other that print.
func TestPrinted(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	_ = core.TraceRun(app, "outer", "a.pb.js:1", func() error {
		var outer core.Printed
		outer.Add("warn", strings.Repeat("é", 1000))
		_ = core.TraceRun(app, "inner", "b.pb.js:1", func() error {
			var inner core.Printed
			for range 25 {
				inner.Add("log", "line")
			}
			core.TracePrinted(app, inner)
			return nil
		})
		core.TracePrinted(app, outer)
		return nil
	})
	_ = core.TraceRun(app, "silent", "c.pb.js:1", func() error { core.TracePrinted(app, core.Printed{}); return nil })
	runs := core.Runs(app, core.RunFilter{})
	if len(runs) != 3 || len(runs[0].Console) != 0 {
		t.Fatalf("runs %+v", runs)
	}
	outer, inner := runs[1], runs[2]
	if len(outer.Console) != 1 || outer.Console[0].Level != "warn" || outer.Console[0].Text != strings.Repeat("é", 250)+"…" || outer.ConsoleDropped != 0 {
		t.Errorf("outer run %+v", outer)
	}
	if len(inner.Console) != 20 || inner.Console[19] != (core.PrintedLine{Level: "log", Text: "line"}) || inner.ConsoleDropped != 5 {
		t.Errorf("inner run %+v", inner)
	}
}

func TestListHandlers(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	script(app, "a.pb.js:1", func(*core.ModelEvent) error { return nil })
	core.AlsoList(app, func() []core.ListedHandler { return []core.ListedHandler{{Event: "route GET /x", Source: "b.pb.js:3"}} })
	_ = app.Dao().SaveRecord(tracedUser(t, app))
	_ = core.TraceRun(app, "route GET /x", "b.pb.js:3", func() error { return errors.New("x") })
	var own []core.ListedHandler
	for _, l := range core.ListHandlers(app) {
		if !l.BuiltIn {
			own = append(own, l)
		}
	}
	if len(own) != 2 || own[0].Source != "a.pb.js:1" || own[0].Runs != 1 || own[0].Tags[0] != "users" || own[1].Failures != 1 {
		t.Errorf("handlers %+v", own)
	}
}

// TestFiguresOfGoneHandlersAreDropped does what reloads do that shift lines.
func TestFiguresOfGoneHandlersAreDropped(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	if err := app.OnBeforeServe().Trigger(&core.ServeEvent{App: app}); err != nil {
		t.Fatal(err)
	}
	var route string
	core.AlsoList(app, func() []core.ListedHandler { return []core.ListedHandler{{Event: "route GET /x", Source: route}} })
	event := &core.ModelEvent{Dao: app.Dao()}
	event.Model = tracedUser(t, app)
	for line := 1; line <= 50; line++ {
		source := fmt.Sprintf("a.pb.js:%d", line)
		id := app.OnModelBeforeCreate().Bind(hook.Handler[*core.ModelEvent]{
			Info: hook.Info{Source: hook.Source{Kind: hook.Script, Name: source}},
			Func: func(*core.ModelEvent) error { return nil },
		})
		route = source
		if err := app.OnModelBeforeCreate().Trigger(event); err != nil {
			t.Fatal(err)
		}
		_ = core.TraceRun(app, "route GET /x", source, func() error { return nil })
		if line < 50 {
			app.OnModelBeforeCreate().Remove(id)
		}
	}
	if err := app.ResetBootstrapState(); err != nil { // which writes the figures
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(app.DataDir(), "hook_figures.json"))
	if err != nil {
		t.Fatal(err)
	}
	stored := map[string]map[string]map[string]int{}
	if err := json.Unmarshal(content, &stored); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"onModelBeforeCreate", "route GET /x"} {
		if got := stored[name]; len(got) != 1 || got["a.pb.js:50"]["runs"] != 1 {
			t.Errorf("figures of %s: %v", name, got)
		}
	}
}

// BenchmarkTracedHook compares a hook with one trivial handler with and without
// the trace of its runs.
func BenchmarkTracedHook(b *testing.B) {
	for name, size := range map[string]int{"on": 0, "off": -1} {
		b.Run(name, func(b *testing.B) {
			app := coretest.New(b, func(c *core.Config) { c.TracedRuns = size })
			script(app, "a.pb.js:1", func(*core.ModelEvent) error { return nil })
			user := tracedUser(b, app)
			event := &core.ModelEvent{Dao: app.Dao()}
			event.Model = user
			b.ReportAllocs()
			for b.Loop() {
				if err := app.OnModelBeforeCreate().Trigger(event); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
