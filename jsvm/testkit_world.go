package jsvm

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/dop251/goja"
	"github.com/labstack/echo/v5"

	_ "embed" // the script part of the tests

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
)

// expectSource is the part of the tests that is written in script.
//
//go:embed testkit/expect.js
var expectSource string

// expectProgram compiles it. Its stack frames are not shown.
var expectProgram = sync.OnceValues(func() (*goja.Program, error) { return goja.Compile(webName, expectSource, true) })

// testWorld is what one test runs in: an app on a folder of its own with freshly
// loaded scripts, and a runtime for the test file.
type testWorld struct {
	app     *core.App
	host    *host
	router  *echo.Echo
	env     *environment
	dir     string
	console *printed
	mails   *sentMails
	network *network

	tests  []testCase
	runner goja.Callable
}

// testCase is one test of a file.
type testCase struct {
	name    string
	mode    string
	timeout time.Duration
}

// testFailure is why a test failed, with the places in the author's files.
type testFailure struct {
	text   string
	places []string
}

// Error returns the text of the failure.
func (f *testFailure) Error() string { return f.text }

// printed collects console lines. Safe for concurrent use.
type printed struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write implements io.Writer.
func (p *printed) Write(b []byte) (int, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.Write(b)
}

// String returns what was printed so far.
func (p *printed) String() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.b.String()
}

// newWorld starts an app with all scripts and evaluates a test file.
func (r *testRunner) newWorld(path string) (w *testWorld, err error) {
	w = &testWorld{console: &printed{}, mails: &sentMails{}, network: &network{}}
	if w.dir, err = r.origin.fork(); err != nil {
		return nil, fmt.Errorf("copy the data folder: %w", err)
	}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	config := testConfig(r.host.app, w.dir)
	config.Mailer = w.mails
	w.app = core.New(config)
	cfg := r.host.cfg
	cfg.HooksWatch, cfg.Output = false, w.console
	cfg.bench = &bench{console: w.console, transport: w.network}
	w.host = newHost(w.app, cfg)
	w.host.bundles = r.bundles
	if err := w.host.start(); err != nil {
		return nil, err
	}
	w.host.bindLife()
	if err := w.serve(); err != nil {
		return nil, err
	}
	return w, w.load(path)
}

// serve opens the app and builds its router, without listening.
func (w *testWorld) serve() error {
	if err := w.app.Bootstrap(); err != nil {
		return err
	}
	router, err := apis.InitApi(w.app)
	if err != nil {
		return err
	}
	w.router = router
	return w.app.OnBeforeServe().Trigger(&core.ServeEvent{App: w.app, Router: router, Server: &http.Server{Handler: router}}) //nolint:gosec // it never listens
}

// load evaluates the test file and learns its tests.
func (w *testWorld) load(path string) error {
	g := w.host.current.Load()
	env, err := g.newRuntime()
	if err != nil {
		return err
	}
	w.env = env
	return w.call(func() error {
		env.guard(needs{needAll: true})
		collected, err := w.bindKit()
		if err != nil {
			return err
		}
		s, err := readScript(w.host.bundles, 0, path)
		if err != nil {
			return err
		}
		if err := env.runModule(s.program, s.path); err != nil {
			return errors.New(reason(err))
		}
		list := collected.Get("tests").ToObject(env.vm)
		for i := range int(list.Get("length").ToInteger()) {
			t := list.Get(fmt.Sprint(i)).ToObject(env.vm)
			w.tests = append(w.tests, testCase{
				name: t.Get("name").String(), mode: t.Get("mode").String(), timeout: milliseconds(t.Get("timeout").ToInteger()),
			})
		}
		w.runner, _ = goja.AssertFunction(collected.Get("run"))
		return nil
	})
}

// bindKit sets the globals of tests and returns what collects the tests.
func (w *testWorld) bindKit() (*goja.Object, error) {
	program, err := expectProgram()
	if err != nil {
		return nil, err
	}
	vm := w.env.vm
	value, err := vm.RunProgram(program)
	if err != nil {
		return nil, err
	}
	native, err := w.env.object(w.members())
	if err != nil {
		return nil, err
	}
	build, _ := goja.AssertFunction(value)
	if value, err = build(goja.Undefined(), native); err != nil {
		return nil, err
	}
	kit := value.ToObject(vm)
	globals := kit.Get("globals").ToObject(vm)
	for _, name := range globals.Keys() {
		if err := vm.Set(name, globals.Get(name)); err != nil {
			return nil, err
		}
	}
	return kit, nil
}

// testGlobals are the names that only test files know.
var testGlobals = []string{"$test", "afterEach", "beforeEach", "describe", "expect", "it", "test"}

// call runs script code in the runtime of the test.
func (w *testWorld) call(fn func() error) error {
	m := w.env.machine
	if err := m.take(callbackWait); err != nil {
		return err
	}
	defer m.release()
	m.begin(context.Background(), w.env.cfg.budget(0))
	defer m.end()
	return m.protect(fn)
}

// run runs one test to its end.
func (w *testWorld) run(index int) (failure *testFailure) {
	err := w.call(func() error {
		if timeout := w.tests[index].timeout; timeout > 0 {
			w.env.machine.budget.Store(w.env.cfg.budget(timeout))
		}
		value, err := w.runner(goja.Undefined(), w.env.vm.ToValue(index))
		if err != nil {
			return w.env.caught(err)
		}
		if value, err = w.env.settled(value); err != nil {
			return err
		}
		if obj, ok := value.(*goja.Object); ok {
			failure = &testFailure{text: obj.Get("text").String(), places: w.places(obj.Get("stack").String())}
		}
		return nil
	})
	if err != nil {
		return &testFailure{text: reason(err)}
	}
	return failure
}

// stackPlace matches the place in a line of a stack.
var stackPlace = regexp.MustCompile(`\(?((?:[A-Za-z]:)?[^\s():]+):(\d+):(\d+)`)

// places returns the places of a stack that are in the author's files.
func (w *testWorld) places(stack string) []string {
	var places []string
	for line := range strings.Lines(stack) {
		match := stackPlace.FindStringSubmatch(line)
		if match == nil || !strings.HasPrefix(strings.TrimSpace(line), "at ") || !filepath.IsAbs(match[1]) {
			continue
		}
		places = append(places, fmt.Sprintf("%s:%s:%s", w.host.shown(match[1]), match[2], match[3]))
	}
	return places
}

// failedRuns returns the runs of handlers that failed, in the order of time.
func (w *testWorld) failedRuns() []core.HandlerRun {
	runs := core.Runs(w.app, core.RunFilter{Outcome: core.RunFailed, Limit: 5})
	for i, j := 0, len(runs)-1; i < j; i, j = i+1, j-1 {
		runs[i], runs[j] = runs[j], runs[i]
	}
	return runs
}

// close ends the app and removes its folder.
func (w *testWorld) close() {
	if w.app != nil {
		if err := w.app.Terminate(false); err != nil {
			fmt.Fprintln(w.console, err)
		}
		if w.host != nil {
			if g := w.host.current.Load(); g != nil {
				g.discard()
			}
		}
	}
	_ = os.RemoveAll(w.dir) // the whole temporary folder is removed at the end
}
