package core

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tackleboxdev/tacklebox/core/hook"
)

const (
	// figuresFile keeps the figures of handlers in the data folder, so that
	// other processes can show them.
	figuresFile = "hook_figures.json"
	// figuresInterval is how often it is written while figures change.
	figuresInterval = 10 * time.Second
)

// ListedHandler describes a registered handler.
type ListedHandler struct {
	// Event is what it runs for: "onModelAfterCreate", "route GET /x".
	Event string `json:"event"`
	// Kind is go, script, managed or system; Source is the file and line of a
	// script, the name of a Go function.
	Kind   string   `json:"kind"`
	Source string   `json:"source"`
	Name   string   `json:"name"`
	Tags   []string `json:"tags"`
	Order  int      `json:"order"`
	// First tells that it runs before all others.
	First     bool  `json:"first"`
	TimeoutMs int64 `json:"timeoutMs"`
	// Background tells that nobody waits for it, ContinuesOnError that its
	// errors do not end the chain, BuiltIn that it is a part of the server.
	Background       bool `json:"background"`
	ContinuesOnError bool `json:"continuesOnError"`
	BuiltIn          bool `json:"builtIn"`
	// Figures of its runs.
	Runs      int64   `json:"runs"`
	Failures  int64   `json:"failures"`
	AverageMs float64 `json:"averageMs"`
}

// figureKey identifies a handler across reloads.
type figureKey struct {
	hook, event string
	source      hook.Source
}

// shown returns the event and the source the way they are listed.
func (k figureKey) shown() listedKey {
	r := tracedRun{hook: k.hook, event: k.event}
	return listedKey{r.eventName(), sourceName(k.source, "")}
}

// listedKey identifies a handler in a list.
type listedKey struct{ event, source string }

// figure sums up the runs of a handler.
type figure struct {
	Runs     int64 `json:"runs"`
	Failures int64 `json:"failures"`
	Nanos    int64 `json:"nanos"`
}

// ListHandlers returns all handlers: those of each event in the order in which
// they run, then what was added with [AlsoList]. The figures are those of this
// process, or of the last one that served the data folder.
func ListHandlers(app *App) []ListedHandler {
	list := app.traces.handlers()
	figures := app.traces.currentFigures()
	for i := range list {
		l := &list[i]
		if f, ok := figures[listedKey{l.Event, l.Source}]; ok && f.Runs > 0 {
			l.Runs, l.Failures = f.Runs, f.Failures
			l.AverageMs = float64(f.Nanos) / float64(f.Runs) / float64(time.Millisecond)
		}
	}
	return list
}

// handlers returns all handlers without their figures.
func (t *traces) handlers() []ListedHandler {
	list := []ListedHandler{}
	for _, b := range HookBindings {
		for _, info := range b.Handlers(&t.app.Hooks) {
			list = append(list, listed(&info))
		}
	}
	t.mu.Lock()
	listers := t.listers
	t.mu.Unlock()
	for _, lister := range listers {
		list = append(list, lister()...)
	}
	return list
}

// AlsoList adds handlers that are no part of a hook to [ListHandlers].
func AlsoList(app *App, lister func() []ListedHandler) {
	app.traces.mu.Lock()
	defer app.traces.mu.Unlock()
	app.traces.listers = append(app.traces.listers, lister)
}

func listed(info *hook.Info) ListedHandler {
	return ListedHandler{
		Event: "on" + info.Hook, Kind: info.Source.Kind.String(), Source: sourceName(info.Source, info.ID), Name: info.Source.Label,
		Tags: info.Tags, Order: info.Order, First: info.First, TimeoutMs: info.Timeout.Milliseconds(),
		Background:       info.Mode == hook.Background,
		ContinuesOnError: info.ErrorPolicy == hook.ContinueOnError,
		BuiltIn:          isBuiltIn(info),
	}
}

// serverPackages are those whose handlers are parts of the server.
var serverPackages = []string{"core.", "apis.", "cli.", "jsvm."}

const modulePrefix = "github.com/tackleboxdev/tacklebox/"

// isBuiltIn reports whether a handler is a part of the server.
func isBuiltIn(info *hook.Info) bool {
	if info.Source.Kind == hook.System || info.Source.Name == "" {
		return true
	}
	if info.Source.Kind != hook.Go {
		return false
	}
	name, ours := strings.CutPrefix(info.Source.Name, modulePrefix)
	if !ours {
		return false
	}
	for _, prefix := range serverPackages {
		if strings.HasPrefix(name, prefix) {
			return true
		}
	}
	return false
}

// sourceName returns the source as it is shown: Go functions without the path
// of their package, and the id of handlers that have no name.
func sourceName(source hook.Source, id string) string {
	switch {
	case source.Name == "":
		return id
	case source.Kind == hook.Go:
		return path.Base(source.Name)
	}
	return source.Name
}

// keepFigures writes the figures while the app serves.
func (t *traces) keepFigures(*ServeEvent) error {
	t.app.Go(func(ctx context.Context) {
		tick := time.NewTicker(figuresInterval)
		defer tick.Stop()
		for {
			select {
			case <-ctx.Done():
				t.writeFigures()
				return
			case <-tick.C:
				t.writeFigures()
			}
		}
	})
	return nil
}

// forgetGone drops the figures of handlers that no longer exist: every reload of
// a script that shifts its lines leaves some behind.
func (t *traces) forgetGone() {
	// What ran before the handlers are listed is in the list, or gone for good.
	t.mu.Lock()
	ran := slices.Collect(maps.Keys(t.figures))
	t.mu.Unlock()
	exists := map[listedKey]bool{}
	for _, l := range t.handlers() {
		exists[listedKey{l.Event, l.Source}] = true
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, key := range ran {
		if !exists[key.shown()] {
			delete(t.figures, key)
		}
	}
}

// writeFigures stores the figures if they changed, without those of handlers that
// are gone. They are not worth failing anything.
func (t *traces) writeFigures() {
	t.mu.Lock()
	if !t.changed {
		t.mu.Unlock()
		return
	}
	t.changed = false
	t.mu.Unlock()
	t.forgetGone()
	stored := map[string]map[string]figure{}
	t.mu.Lock()
	for key, f := range t.figures {
		shown := key.shown()
		if stored[shown.event] == nil {
			stored[shown.event] = map[string]figure{}
		}
		stored[shown.event][shown.source] = *f
	}
	t.mu.Unlock()
	content, err := json.Marshal(stored)
	if err == nil {
		err = os.WriteFile(filepath.Join(t.app.DataDir(), figuresFile), content, 0o644)
	}
	if err != nil {
		t.app.log.Debug("Cannot write the figures of handlers", "error", err)
	}
}

func (t *traces) currentFigures() map[listedKey]figure {
	current := map[listedKey]figure{}
	t.mu.Lock()
	for key, f := range t.figures {
		current[key.shown()] = *f
	}
	t.mu.Unlock()
	if len(current) > 0 || t.app.IsBootstrapped() {
		return current
	}
	content, err := os.ReadFile(filepath.Join(t.app.DataDir(), figuresFile))
	stored := map[string]map[string]figure{}
	if err != nil || json.Unmarshal(content, &stored) != nil {
		return current
	}
	for event, sources := range stored {
		for source, f := range sources {
			current[listedKey{event, source}] = f
		}
	}
	return current
}
