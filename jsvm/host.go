package jsvm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/cron"
	"github.com/tackleboxdev/tacklebox/core/hook"
)

// host owns the generations of an app: it loads the first one, replaces it when
// files change and connects the current one to the server.
type host struct {
	app *core.App
	cfg Config

	current atomic.Pointer[generation]
	// retiring counts replaced generations with requests under way. While there
	// is one, events are asked which generation they belong to.
	retiring atomic.Int32
	// alive lists the generations whose hooks are in place.
	alive atomic.Pointer[[]*generation]

	// bundles are kept from one generation to the next.
	bundles *bundler
	crons   *cron.Scheduler
	calls   *selfCalls
	watcher *watcher
	// latest are the files of the generation that was loaded last, also if it
	// failed; set while reloading.
	latest *usedFiles
	// loadFailures are why files of the first generation did not load.
	loadFailures []error

	// reloading serialises reloads.
	reloading sync.Mutex
	// stopping is closed when the app ends.
	stopping chan struct{}
	drained  sync.WaitGroup
}

func newHost(app *core.App, cfg Config) *host {
	calls := newSelfCalls()
	cfg.transport = calls.transport
	return &host{app: app, cfg: cfg, bundles: newBundler(cfg.HooksDir), crons: cron.NewScheduler(), calls: calls, stopping: make(chan struct{})}
}

// start loads the first generation. Files that fail leave what they registered;
// their errors are joined.
func (h *host) start() error {
	g := newGeneration(h)
	failed := g.load()
	h.loadFailures, h.latest = failed, g.used
	h.activate(g)
	return errors.Join(failed...)
}

// reload builds a generation from the files as they are now and makes it the
// current one. If any file fails the running generation stays, unless it runs
// without that file already: one that was broken at start keeps nothing back.
func (h *host) reload() error {
	h.reloading.Lock()
	defer h.reloading.Unlock()
	if h.isStopping() {
		return nil
	}
	g, failed := h.loadSettled()
	h.latest = g.used
	if h.current.Load().failsAlready(failed) {
		h.activate(g)
	} else {
		g.discard()
	}
	return errors.Join(failed...)
}

// usedFiles returns the files to watch: those of the current generation, and of a
// later one that did not load.
func (h *host) usedFiles() []*usedFiles {
	h.reloading.Lock()
	defer h.reloading.Unlock()
	lists := []*usedFiles{h.current.Load().used}
	if h.latest != lists[0] {
		lists = append(lists, h.latest)
	}
	return lists
}

// activate makes a generation current. The hooks of both generations are in
// place meanwhile; which of them run is decided by the one pointer.
func (h *host) activate(g *generation) {
	old := h.current.Load()
	if old != nil {
		h.retiring.Add(1)
	}
	g.bindHooks()
	h.setAlive(func(list []*generation) []*generation { return append(list, g) })
	h.current.Store(g)
	h.crons.Replace(g.jobs)
	if old == nil {
		return
	}
	h.drained.Go(func() {
		old.retire()
		h.setAlive(func(list []*generation) []*generation {
			return slices.DeleteFunc(list, func(g *generation) bool { return g == old })
		})
		h.retiring.Add(-1)
	})
}

// setAlive replaces the list of generations by a changed copy.
func (h *host) setAlive(change func([]*generation) []*generation) {
	for {
		before := h.alive.Load()
		var list []*generation
		if before != nil {
			list = slices.Clone(*before)
		}
		list = change(list)
		if h.alive.CompareAndSwap(before, &list) {
			return
		}
	}
}

// runs reports whether the handlers of a generation are the ones to run for an
// event: those of the generation that its request began under, else the current ones.
func (h *host) runs(g *generation, event any) bool {
	if h.retiring.Load() > 0 {
		if own := h.owner(event); own != nil {
			return own == g
		}
	}
	return h.current.Load() == g
}

// owner returns the generation that the request behind an event began under,
// nil when there is none.
func (h *host) owner(event any) *generation {
	if c := contextOf(event); c != nil {
		if own := pinnedTo(c); own != nil {
			return own
		}
	}
	for _, g := range *h.alive.Load() {
		if g.requests.here() {
			return g
		}
	}
	return nil
}

// httpContextFields caches where events keep their HTTP context.
var httpContextFields sync.Map // reflect.Type → []int

// contextOf returns the HTTP context of an event, nil when it has none.
func contextOf(event any) *echo.Context {
	v := reflect.ValueOf(event)
	if v.Kind() != reflect.Pointer || v.Elem().Kind() != reflect.Struct {
		return nil
	}
	index, ok := httpContextFields.Load(v.Type())
	if !ok {
		var path []int
		if field, found := v.Type().Elem().FieldByName("HttpContext"); found {
			path = field.Index
		}
		index, _ = httpContextFields.LoadOrStore(v.Type(), path)
	}
	path := index.([]int)
	if path == nil {
		return nil
	}
	c, _ := reflect.TypeAssert[*echo.Context](v.Elem().FieldByIndex(path))
	return c
}

// serve connects the generations to a server that is about to start.
func (h *host) serve(e *core.ServeEvent) error {
	h.forward(e.Router)
	if h.cfg.bench == nil { // tests run jobs when they want to
		h.crons.Start()
	}
	return nil
}

// stop ends everything that runs beside requests.
func (h *host) stop(ctx context.Context) error {
	if h.watcher != nil {
		h.watcher.stop()
	}
	h.reloading.Lock()
	if !h.isStopping() {
		close(h.stopping)
	}
	h.reloading.Unlock()
	return h.crons.Stop(ctx)
}

func (h *host) isStopping() bool {
	select {
	case <-h.stopping:
		return true
	default:
		return false
	}
}

// changed is called by the watcher after a file changed.
func (h *host) changed(path string) {
	fmt.Fprintf(h.output(), "File %s changed, reloading scripts...\n", path)
	if err := h.reload(); err != nil {
		h.printFailure(err)
	}
}

func (h *host) printFailure(err error) {
	fmt.Fprintln(h.output(), err)
}

func (h *host) output() io.Writer {
	if h.cfg.Output != nil {
		return h.cfg.Output
	}
	return os.Stderr
}

// bindLife registers what starts and ends with the app.
func (h *host) bindLife() {
	h.app.OnBeforeServe().Bind(hook.Handler[*core.ServeEvent]{
		Info: hook.Info{ID: "jsvm.serve", Source: hook.Source{Kind: hook.Script}, Order: lastOrder},
		Func: h.serve,
	})
	h.app.OnTerminate().Bind(hook.Handler[*core.TerminateEvent]{
		Info: hook.Info{ID: "jsvm.terminate", Source: hook.Source{Kind: hook.System}, Order: -1},
		Func: func(*core.TerminateEvent) error {
			ctx, cancel := context.WithTimeout(context.Background(), stopWait)
			defer cancel()
			return h.stop(ctx)
		},
	})
}
