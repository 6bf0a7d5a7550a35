package jsvm

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/dop251/goja"
	"github.com/dop251/goja_nodejs/require"

	"github.com/tackleboxdev/tacklebox/core/cron"
	"github.com/tackleboxdev/tacklebox/core/hook"
)

// generation is everything that one reading of the hooks directory amounts to.
// It is built aside and becomes current as a whole; requests that began under
// it end under it.
type generation struct {
	host     *host
	scripts  []*script
	handlers []*handler
	hooks    []registeredHook
	routes   *routes
	jobs     []cron.Job
	pool     *pool
	watch    *watchdog
	modules  *require.Registry
	used     *usedFiles
	// mutables are the built-in objects that scripts may change.
	mutables nameSet
	// needs are the guards that the texts of scripts make necessary.
	needs nameSet
	// known are the global names of every runtime.
	known map[string]bool
	// printed are the errors that the console has shown.
	printed printedErrors

	// removals undo what was registered in the app.
	mu       sync.Mutex
	removals []func()

	// requests counts those that are pinned to the generation.
	requests *pinned
}

func newGeneration(h *host) *generation {
	g := &generation{host: h, watch: newWatchdog(h.cfg.ScriptMemory), requests: newPinned(), used: newUsedFiles()}
	g.modules = newModules(h.bundles, func(path, text string, n needs) {
		g.mutables.add(mutations(text))
		g.noteNeeds(n)
		g.used.add(h.bundles.filesOf(path)...)
	})
	g.routes = newRoutes(g)
	g.pool = newPool(h.cfg, g.watch, func() (*machine, error) {
		env, err := g.newRuntime()
		if err != nil {
			return nil, err
		}
		return env.machine, nil
	})
	return g
}

// newRuntime builds a runtime with all globals that handlers see.
func (g *generation) newRuntime() (*environment, error) {
	env := newEnvironment(g.host.app, g.host.cfg, g.modules)
	env.gen = g
	g.watch.add(env.machine)
	if err := env.bind(); err != nil {
		return nil, fmt.Errorf("build script runtime: %w", err)
	}
	env.guardNoted()
	return env, nil
}

// current reports whether new work belongs to this generation.
func (g *generation) current() bool { return g.host.current.Load() == g }

// bindHooks registers the hooks of the generation in the app. They do nothing
// until the generation is current.
func (g *generation) bindHooks() {
	for _, h := range g.hooks {
		handler := h.handler
		g.onRetire(h.binding.Bind(&g.host.app.Hooks, h.info, func(event any) error {
			if !g.host.runs(g, event) {
				return nil
			}
			return handler.runEvent(event)
		}))
	}
}

// onRetire adds something to undo when the generation is retired.
func (g *generation) onRetire(undo func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.removals = append(g.removals, undo)
}

// retire waits for the requests of the generation and takes it down. Error hooks
// run when a request has left all middlewares, hence the grace.
func (g *generation) retire() {
	g.requests.wait()
	select {
	case <-time.After(retireGrace):
	case <-g.host.stopping:
	}
	g.discard()
}

// discard undoes all registrations and lets go of the runtimes.
func (g *generation) discard() {
	g.mu.Lock()
	removals := g.removals
	g.removals = nil
	g.mu.Unlock()
	for _, undo := range removals {
		undo()
	}
	g.pool.close()
}

// runEvent runs a hook handler for an event.
func (h *handler) runEvent(event any) error {
	return h.run(context.Background(), func(env *environment) []goja.Value {
		return []goja.Value{env.toJS(event)}
	}, outcome)
}

// runJob runs a cron handler; there is nobody to report an error to but the log.
func (h *handler) runJob(ctx context.Context) {
	if !h.gen.current() {
		return
	}
	err := h.run(ctx, func(*environment) []goja.Value { return nil }, outcome)
	var thrown *scriptError
	if errors.As(err, &thrown) && thrown.cause != nil && !errors.Is(err, hook.StopPropagation) {
		h.gen.host.app.Logger().Error("cron job failed", "error", err, "handler", h.source().Name)
	}
}
