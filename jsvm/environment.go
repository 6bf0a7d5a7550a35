package jsvm

import (
	"context"
	"log/slog"
	"reflect"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja_nodejs/require"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// environment is everything that the bindings of one runtime share. There is
// exactly one per runtime, used by the goroutine that owns the runtime.
//
// Bindings never hand Go values to goja directly: [environment.toJS] turns a Go
// value into what scripts see, [environment.toGo] and [environment.into] go the
// other way, and [environment.function] makes a script function of a Go one.
// goja's own reflection would lose the identity of records, events and all
// other wrapped objects.
type environment struct {
	app *core.App
	cfg Config
	vm  *goja.Runtime

	// gen is the generation that the runtime belongs to; nil for migrations.
	gen *generation
	// machine runs the runtime and keeps it to one goroutine at a time.
	machine *machine
	// modules compiles what scripts require.
	modules *require.Registry
	// loading is set while the loader evaluates the script files.
	loading *loader
	// replaying is set while a pooled runtime evaluates a script file again to
	// collect its closures. Effects outside the runtime must not be repeated.
	replaying *replay
	// ctx is the context of the running call; it ends when the call must stop.
	ctx context.Context //nolint:containedctx // bound to one call of the runtime

	// callCtx is ctx with an end of its own, made when Go code first asks for it.
	callCtx context.Context //nolint:containedctx // bound to one call of the runtime

	// wrapped keeps one script object per Go pointer during a call.
	wrapped map[identity]*goja.Object
	// collections are the script's own copies of the cached collections of records.
	collections map[*models.Collection]*models.Collection
	// adopted tells which errors of other runtimes were thrown during a call.
	adopted map[*goja.Object]*scriptError
	// rejections are the promises that were rejected during a call and that
	// nobody handles.
	rejections map[*goja.Promise]struct{}
	// printed is what the running call has printed.
	printed core.Printed
	// webParts are the parts of the web platform that exist already.
	webParts map[string]*goja.Object
	// makingWeb tells that one is being made.
	makingWeb bool
	// methods holds the functions of the types seen so far.
	methods map[*typeInfo]*methodTable
	// orders keeps the key order of the maps seen during a call.
	orders map[unsafe.Pointer]*mapOrder
	// late are the globals that are made when they are first used, made those that are.
	late map[string]lateGlobal
	made map[string]goja.Value
	// registrations are late globals, too, while the runtime registers handlers.
	registrations map[string]lateGlobal
	registers     bool
	// scriptApp is $app, once a script has seen it.
	scriptApp *goja.Object
	symbols   symbols
	// classes are the error classes that the engine throws.
	classes map[string]*goja.Object
	// builtIns is what is known of the built-in objects.
	builtIns guardState
	// nesting counts built-in functions that call each other, joining holds the
	// lists whose texts are being made.
	nesting int
	joining []*goja.Object
	// guards are the guards that there may be, installed those that there are, for the
	// needs guardedFor of the generation.
	guards     []lateGuard
	installed  []bool
	guardedFor *map[string]bool
	plain      plainValues
	// polyfilled tells that the built-in classes have what the engine lacks.
	polyfilled bool
	// parseJSON is JSON.parse before any script could replace it.
	parseJSON goja.Callable
}

// symbols are values of the runtime that the engine needs.
type symbols struct {
	// goFunc keys the Go function behind a script function.
	goFunc *goja.Symbol
	// file keys what stands for a Blob in Go code.
	file *goja.Symbol
	// goError is the GoError class.
	goError *goja.Object
}

// newEnvironment returns an environment with a fresh runtime that knows our
// names but has no globals of ours yet.
func newEnvironment(app *core.App, cfg Config, modules *require.Registry) *environment {
	env := &environment{
		app: app, cfg: cfg, modules: modules,
		vm:      goja.New(),
		wrapped: map[identity]*goja.Object{},

		collections:   map[*models.Collection]*models.Collection{},
		adopted:       map[*goja.Object]*scriptError{},
		methods:       map[*typeInfo]*methodTable{},
		orders:        map[unsafe.Pointer]*mapOrder{},
		guards:        lateGuards(),
		registrations: registrationGlobals(),
	}
	env.installed = make([]bool, len(env.guards))
	env.machine = &machine{env: env, free: make(chan struct{}, 1)}
	env.vm.SetFieldNameMapper(fieldMapper{})
	env.symbols = symbols{goFunc: goja.NewSymbol("goFunc"), file: goja.NewSymbol("file")}
	env.limit()
	return env
}

// bind sets all globals that do not depend on what the runtime is used for.
func (env *environment) bind() error {
	if env.isMigration() {
		env.guard(needs{needAll: true}) // there is one at a time
	}
	return bindGlobals(env)
}

// appObject is $app, the same object for as long as the runtime lives.
func (env *environment) appObject() *goja.Object {
	if env.scriptApp == nil {
		env.scriptApp = env.goObject(reflect.ValueOf(env.app), infoOf(reflect.TypeFor[core.App]()))
	}
	return env.scriptApp
}

// jsonParse returns JSON.parse as it was before any script could replace it.
func (env *environment) jsonParse() goja.Callable {
	if env.parseJSON == nil {
		env.parseJSON, _ = goja.AssertFunction(env.global("JSON").Get("parse"))
	}
	return env.parseJSON
}

// goErrorClass returns the class of Go errors.
func (env *environment) goErrorClass() *goja.Object {
	if env.symbols.goError == nil {
		env.symbols.goError = env.global("GoError")
	}
	return env.symbols.goError
}

// moduleRegistry returns the compiled modules that the runtime shares with others.
func (env *environment) moduleRegistry() *require.Registry { return env.modules }

// quiet reports whether bindings must not have effects outside the runtime:
// nothing printed, stored or sent.
func (env *environment) quiet() bool { return env.replaying != nil }

// context returns the context of the running call, never nil. It ends with the
// call, and when the call is stopped.
func (env *environment) context() context.Context {
	if env.ctx == nil {
		return context.Background()
	}
	if env.callCtx == nil {
		ctx, cancel := context.WithCancel(env.ctx)
		env.callCtx = ctx
		env.machine.cancel.Store(&cancel)
		if env.machine.state.Load() == machineInterrupted {
			cancel() // it may have missed the new function
		}
	}
	return env.callCtx
}

// logger returns where problems of scripts are reported.
func (env *environment) logger() *slog.Logger { return env.app.Logger() }

// construct makes the result of a script constructor: the script object of a Go
// pointer with the prototype of the constructor, so that instanceof holds.
func (env *environment) construct(call goja.ConstructorCall, value any) *goja.Object {
	obj := env.toJS(value).(*goja.Object)
	if call.This != nil {
		_ = obj.SetPrototype(call.This.Prototype())
	}
	return obj
}
