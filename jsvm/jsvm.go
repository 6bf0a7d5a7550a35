// Package jsvm runs the JavaScript files of the hooks directory: hooks, routes,
// middlewares and cron jobs. It hangs off the side of the server and uses only
// what Go programs can use, too.
//
// The files of one moment form a generation: each file is a module with a scope
// of its own, evaluated once by a loader. Handlers run in a pool of runtimes;
// those that use names of their file run as closures, for which a runtime
// evaluates the file again, once and without outside effects. When a file
// changes a new generation is built aside and swapped in as a whole.
//
// Go values appear in scripts under their v0.22 names; see the files wrap_*.go.
package jsvm

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/tackleboxdev/tacklebox/core"
)

const (
	// lastOrder sorts a handler behind those of all scripts.
	lastOrder = 1 << 30
	// stopWait bounds how long the end of the app waits for cron jobs.
	stopWait = 3 * time.Second
	// retireGrace is how long a replaced generation outlives its last request.
	retireGrace = 500 * time.Millisecond
	// exitLoad is the exit code of a program whose scripts do not load.
	exitLoad = 2
)

// Config tells where scripts are and how they run. The zero value runs nothing.
type Config struct {
	// HooksDir holds the *.pb.js files. It need not exist.
	HooksDir string
	// MigrationsDir holds the migration files. It need not exist.
	MigrationsDir string
	// Automigrate writes a migration file for each change of a collection.
	Automigrate bool
	// HooksWatch reloads the scripts when a file in the hooks directory changes.
	// It also lets the app start although a script does not load. Without it the
	// app cannot be bootstrapped then; the hooks commands work all the same.
	HooksWatch bool
	// HooksPoolSize is the number of runtimes that are kept; 0 builds a fresh
	// one for every call.
	HooksPoolSize int
	// ScriptTimeout bounds the time that one run of a hook may spend in script
	// code and with waiting for promises; 0 means what the settings say, or 10
	// seconds, less no limit. Time in Go functions does not count. Handlers may ask
	// for another limit.
	ScriptTimeout time.Duration
	// RouteTimeout is the same for routes and middlewares; 0 means what
	// ScriptTimeout or the settings say, or 60 seconds. Cron jobs and commands have no limit.
	RouteTimeout time.Duration
	// CallTimeout bounds one call as a whole, time in Go functions included; 0
	// means 3 minutes.
	CallTimeout time.Duration
	// ScriptMemory is by how many bytes the heap of the process may grow before
	// the script that has run longest is stopped; 0 means 512 MiB, which should
	// not be exceeded.
	ScriptMemory uint64
	// HooksEnv names the environment variables that scripts see; nil means all.
	// A name may end in * for all that begin with it.
	HooksEnv []string
	// Output is where problems with files are printed; nil means standard error.
	Output io.Writer

	// transport makes the requests of scripts; nil means the default one.
	transport http.RoundTripper
	// loadTime is the time limit of the evaluation of a file; 0 means the default.
	loadTime time.Duration
	// bench is set while tests run.
	bench *bench
}

// Register loads the scripts into the app and keeps them up to date. It must be
// called before the app is bootstrapped and at most once per app. The error
// names the migration files that do not load. Hooks that do not load are printed
// when the app is bootstrapped, which fails then unless HooksWatch is set.
func Register(app *core.App, cfg Config) error {
	for _, dir := range []*string{&cfg.HooksDir, &cfg.MigrationsDir} {
		if *dir == "" {
			continue
		}
		abs, err := filepath.Abs(*dir)
		if err != nil {
			return fmt.Errorf("find script directory: %w", err)
		}
		*dir = abs
	}
	if err := registerMigrations(app, cfg); err != nil {
		return err
	}
	if cfg.Automigrate && cfg.MigrationsDir != "" {
		automigrate(app, cfg.MigrationsDir)
	}
	writeTypes(app)
	referenceTypes(cfg.HooksDir, app.DataDir())
	h := newHost(app, cfg)
	if err := h.start(); err != nil {
		h.printWhenOpened(err)
	}
	h.bindLife()
	core.AlsoList(app, h.listed)
	app.RootCmd.AddCommand(newHooksCommand(h))
	if cfg.HooksWatch && cfg.HooksDir != "" {
		if err := h.watch(); err != nil { // the system has few watchers, the app does without
			fmt.Fprintf(h.output(), "Scripts are not reloaded when they change: %v\n", err)
		}
	}
	return nil
}

// MustRegister is [Register] for main functions: it prints the error and ends
// the process with exit code 2.
func MustRegister(app *core.App, cfg Config) {
	if err := Register(app, cfg); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitLoad) //nolint:forbidigo // it is meant for main functions
	}
}
