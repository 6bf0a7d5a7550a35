package jsvm

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"
	"github.com/dop251/goja/file"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/cron"
	"github.com/tackleboxdev/tacklebox/core/hook"
)

// loader evaluates the files of a generation and takes note of what they
// register. Nothing takes effect before the generation is activated.
type loader struct {
	gen *generation
	env *environment
	// script is the file being evaluated.
	script *script
	// seen counts the handlers of that file by kind and text.
	seen map[handlerKey]int
}

// loadError is why a file does not load.
type loadError struct {
	file string
	err  error
}

// Error names the file and the reason the way the console shows them.
func (e *loadError) Error() string {
	return fmt.Sprintf("Failed to execute %s:\n - %s", e.file, reason(e.err))
}

func (e *loadError) Unwrap() error { return e.err }

// reason is the text of an error with the place it came from.
func reason(err error) string {
	var thrown *scriptError
	if errors.As(err, &thrown) && thrown.frames != "" {
		return thrown.text + "\n" + thrown.frames
	}
	return err.Error()
}

// registeredHook is a handler that waits for its generation to be activated.
type registeredHook struct {
	binding core.HookBinding
	info    hook.Info
	handler *handler
}

// load evaluates all files of the hooks directory in the order of their names
// and returns what went wrong, file by file. What a file registered before it
// failed stays registered.
func (g *generation) load() (failed []error) {
	paths, err := listScripts(g.host.cfg.HooksDir)
	if err != nil {
		return []error{err}
	}
	if len(paths) == 0 {
		return nil
	}
	env, err := g.newRuntime()
	if err != nil {
		return []error{fmt.Errorf("prepare script runtime: %w", err)}
	}
	g.known = globalNames(env)
	l := &loader{gen: g, env: env}
	env.loading = l
	defer func() { env.loading = nil }()
	env.bindRegistrations()
	bundles := g.host.bundles
	bundles.know(g.known)
	for i, path := range paths {
		s, err := readScript(bundles, i, path)
		g.scripts = append(g.scripts, s)
		g.mutables.add(mutations(s.source))
		g.needs.add(s.needs)
		g.used.add(bundles.filesOf(path)...)
		if err == nil {
			err = l.evaluate(s)
		}
		if err != nil {
			s.failed = true
			failed = append(failed, &loadError{file: s.name, err: err})
		}
	}
	return failed
}

// failsAlready reports whether all the errors are about files that did not load
// in this generation either.
func (g *generation) failsAlready(errs []error) bool {
	return !slices.ContainsFunc(errs, func(err error) bool {
		failure, ok := errors.AsType[*loadError](err)
		return !ok || !slices.ContainsFunc(g.scripts, func(s *script) bool { return s.failed && s.name == failure.file })
	})
}

// evaluate runs a file as a module.
func (l *loader) evaluate(s *script) error {
	l.script, l.seen = s, map[handlerKey]int{}
	m := l.env.machine
	if err := m.take(callbackWait); err != nil {
		return err
	}
	defer m.release()
	m.begin(context.Background(), l.env.cfg.loadBudget())
	defer m.end()
	return m.protect(func() error { return l.env.runModule(s.program, s.path) })
}

// runModule evaluates the function of a module with the usual arguments.
func (env *environment) runModule(program *goja.Program, path string) error {
	env.guardNoted()
	env.exposeGlobals()
	value, err := env.vm.RunProgram(program)
	if err != nil {
		return env.caught(err)
	}
	fn, ok := goja.AssertFunction(value)
	if !ok {
		return fmt.Errorf("%s is not a module", path)
	}
	module, exports := env.vm.NewObject(), env.vm.NewObject()
	if err := module.Set("exports", exports); err != nil {
		return err
	}
	_, err = fn(goja.Undefined(), exports, env.vm.Get("require"), module,
		env.vm.ToValue(path), env.vm.ToValue(filepath.Dir(path)))
	return env.caught(err)
}

// newHandler takes note of a handler. Functions that use names of their file
// become closures, all others stand alone as their source text.
func (l *loader) newHandler(kind handlerKind, fn goja.Value) (*handler, error) {
	text := textOf(fn)
	at := l.script.locate(text, l.callPlace())
	obj, _ := fn.(*goja.Object)
	_, isFunction := goja.AssertFunction(fn)
	h := &handler{
		gen: l.gen, index: len(l.gen.handlers), kind: kind,
		script: l.script, name: at.shown(l.env.cfg.HooksDir), budget: l.env.cfg.budgetOf(kind, 0),
		key: l.nextKey(kind, text),
	}
	if obj == nil || !isFunction || !l.script.needsScope(text, l.gen.known) {
		program, n, err := l.script.compileHandler(text, at.line, at.column)
		if err != nil && !isFunction {
			return nil, err
		}
		l.gen.needs.add(n)  // it may be a text of its own
		h.program = program // methods do not stand alone, they stay closures
	}
	l.gen.handlers = append(l.gen.handlers, h)
	return h, nil
}

func (l *loader) nextKey(kind handlerKind, text string) handlerKey {
	key := handlerKey{kind: kind, hash: sourceHash(text)}
	n := l.seen[key]
	l.seen[key]++
	key.nth = n
	return key
}

// callPlace returns where in the author's files the script is that is being
// executed.
func (l *loader) callPlace() file.Position {
	var buffer [16]goja.StackFrame
	for _, frame := range l.env.vm.CaptureCallStack(len(buffer), buffer[:0]) {
		if frame.SrcName() == l.script.path {
			return frame.Position()
		}
	}
	return file.Position{Filename: l.script.path, Line: 1}
}

// engineGlobals are the names that the engine knows by itself. To list them makes
// all that they stand for.
var engineGlobals = sync.OnceValue(func() []string { return goja.New().GlobalObject().GetOwnPropertyNames() })

// globalNames returns the names that every runtime of the pool knows.
func globalNames(env *environment) map[string]bool {
	known := map[string]bool{}
	for _, name := range engineGlobals() {
		known[name] = true
	}
	for name := range webGlobals {
		known[name] = true
	}
	for name := range env.late {
		known[name] = true
	}
	return known
}

// addHook is an on… function while loading.
func (l *loader) addHook(binding core.HookBinding, call goja.FunctionCall) error {
	args, options, err := l.splitOptions(rest(call, 1))
	if err != nil {
		return fmt.Errorf("on%s: %w", binding.Name, err)
	}
	var tags []string
	for _, arg := range args {
		tags = append(tags, arg.String())
	}
	if len(tags) > 0 && !binding.Tagged {
		return fmt.Errorf("on%s: too many input arguments, the hook takes no tags", binding.Name)
	}
	h, err := l.newHandler(hookHandler, call.Argument(0))
	if err != nil {
		return fmt.Errorf("on%s: %w", binding.Name, err)
	}
	options.limit(h)
	l.gen.hooks = append(l.gen.hooks, registeredHook{binding: binding, info: options.describe(h, tags), handler: h})
	return nil
}

// addCron is cronAdd while loading.
func (l *loader) addCron(id, expr string, fn goja.Value, more []goja.Value) error {
	schedule, err := cron.Parse(expr)
	if err != nil {
		return fmt.Errorf("[cronAdd] failed to register cron job %s: %w", id, err)
	}
	_, options, err := l.splitOptions(more)
	if err != nil {
		return fmt.Errorf("[cronAdd] failed to register cron job %s: %w", id, err)
	}
	h, err := l.newHandler(cronHandler, fn)
	if err != nil {
		return fmt.Errorf("[cronAdd] failed to register cron job %s: %w", id, err)
	}
	h.what = "cron " + id + " " + expr
	options.limit(h)
	l.gen.jobs = cron.Put(l.gen.jobs, cron.Job{ID: id, Schedule: schedule, Run: h.runJob})
	return nil
}

// addRoute is routerAdd while loading. The time limit is for the handler and
// each of its middlewares.
func (l *loader) addRoute(method, path string, fn goja.Value, more []goja.Value) error {
	middlewares, options, err := l.splitOptions(more)
	if err != nil {
		return fmt.Errorf("routerAdd %s %s: %w", method, path, err)
	}
	first := len(l.gen.handlers)
	run, err := l.httpHandler(fn)
	if err != nil {
		return fmt.Errorf("routerAdd %s %s: %w", method, path, err)
	}
	chain, err := l.middlewares(middlewares)
	if err != nil {
		return fmt.Errorf("routerAdd %s %s: %w", method, path, err)
	}
	for _, h := range l.gen.handlers[first:] {
		h.what = string(h.kind) + " " + strings.ToUpper(method) + " " + path
		options.limit(h)
	}
	return l.gen.routes.add(strings.ToUpper(method), path, run, chain)
}

// removeCron is cronRemove while loading.
func (l *loader) removeCron(id string) { l.gen.jobs = cron.Without(l.gen.jobs, id) }
