package core

import (
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"github.com/fatih/color"
	"github.com/pocketbase/dbx"
	"github.com/spf13/cobra"

	"github.com/tackleboxdev/tacklebox/core/cron"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/logger"
	"github.com/tackleboxdev/tacklebox/core/migrate"
	"github.com/tackleboxdev/tacklebox/core/migrations"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/core/store"
	"github.com/tackleboxdev/tacklebox/realtime"
)

// App is one application on one data folder. Create it with [New].
//
// Hooks may be registered at any time. The data accessors return nil before
// [App.Bootstrap] and after [App.ResetBootstrapState]; in between all methods
// are safe for concurrent use. The exported methods are also what scripts see
// as $app.
type App struct {
	Hooks

	// RootCmd is the command line of the program. Commands may be added to it
	// until it is executed.
	RootCmd *cobra.Command

	config     Config
	settings   *settings.Settings
	store      *store.Store[any]
	broker     *realtime.Broker
	migrations *migrate.List

	log       *slog.Logger
	logs      *logger.Handler
	logLevel  slog.LevelVar
	logPolicy logPolicy

	open       atomic.Pointer[databases]
	commits    commits
	background background
	storage    storageCleaner
	jobs       *cron.Scheduler // of the app itself
	stores     stores
	traces     *traces

	replace func(exe string) error // ends this process and starts exe in its place

	mu         sync.Mutex // guards the life cycle below
	terminated bool
	restarting chan struct{} // closed if the process was not replaced after all
}

// databases is what an open data folder consists of.
type databases struct {
	data, logs *db.DB
	dao        *daos.Dao
	logsDao    *daos.Dao
}

// New returns an app that has not touched its data folder yet.
func New(config Config) *App {
	a := &App{
		Hooks:      newHooks(),
		config:     config.withDefaults(),
		settings:   settings.New(),
		store:      store.New[any](nil),
		broker:     realtime.NewBroker(),
		migrations: migrations.App(),
		jobs:       cron.NewScheduler(),
		replace:    replaceProcess,
		RootCmd: &cobra.Command{
			Use:   filepath.Base(os.Args[0]),
			Short: "Tacklebox CLI",
		},
	}
	a.traces = newTraces(a)
	a.initLogger()
	a.background.failed = func(err error) { a.log.Error("Background job failed", slog.Any("error", err)) }
	for _, b := range HookBindings {
		b.RunBackgroundWith(&a.Hooks, a.spawn)
	}
	a.registerBuiltInHandlers()
	return a
}

// Reconfigure changes the configuration of an app that is not bootstrapped,
// which is how command line flags reach it.
func (a *App) Reconfigure(change func(c *Config)) error {
	if a.IsBootstrapped() {
		return errors.New("the app is already bootstrapped")
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	change(&a.config)
	a.config = a.config.withDefaults()
	a.printLogs()
	return nil
}

// printLogs sends log entries to the console in dev mode.
func (a *App) printLogs() {
	if a.config.IsDev {
		a.logs.PrintTo(color.Output)
	} else {
		a.logs.PrintTo(nil)
	}
}

// DataDir returns the absolute path of the data folder.
func (a *App) DataDir() string { return a.config.DataDir }

// EncryptionEnv returns the name of the environment variable with the settings
// encryption key, or "".
func (a *App) EncryptionEnv() string { return a.config.EncryptionEnv }

// IsDev tells whether the app prints what it does on the console.
func (a *App) IsDev() bool { return a.config.IsDev }

// Version returns the version the program reports.
func (a *App) Version() string { return a.config.Version }

// HideStartBanner tells whether serve should stay silent when it listens.
func (a *App) HideStartBanner() bool { return a.config.HideStartBanner }

// Dao returns the access to the application data.
func (a *App) Dao() *daos.Dao {
	if open := a.open.Load(); open != nil {
		return open.dao
	}
	return nil
}

// LogsDao returns the access to the stored log entries.
func (a *App) LogsDao() *daos.Dao {
	if open := a.open.Load(); open != nil {
		return open.logsDao
	}
	return nil
}

// DB returns a query builder on the application data.
func (a *App) DB() dbx.Builder {
	if open := a.open.Load(); open != nil {
		return open.data.Builder()
	}
	return nil
}

// LogsDB returns a query builder on the stored log entries.
func (a *App) LogsDB() dbx.Builder {
	if open := a.open.Load(); open != nil {
		return open.logs.Builder()
	}
	return nil
}

// Settings returns the live settings: changing a member acts at once, and is
// kept once the dao saved the settings.
func (a *App) Settings() *settings.Settings { return a.settings }

// Store returns the memory that hooks and requests of this process share.
func (a *App) Store() *store.Store[any] { return a.store }

// Cache is the same as [App.Store], under its older name.
func (a *App) Cache() *store.Store[any] { return a.store }

// SubscriptionsBroker returns the registry of connected realtime clients.
func (a *App) SubscriptionsBroker() *realtime.Broker { return a.broker }

// Logger returns the logger of the app. Entries are stored in batches in the
// background; logging never waits.
func (a *App) Logger() *slog.Logger { return a.log }

// registerBuiltInHandlers adds the handlers that stand in front of all others.
func (a *App) registerBuiltInHandlers() {
	a.OnTerminate().Add(func(*TerminateEvent) error {
		a.flushLogs()
		return nil
	})
	a.OnModelAfterDelete().Add(a.cleanStorage)
	a.OnBeforeServe().Add(a.startJobs)
	a.OnBeforeServe().Add(a.watchCollections)
	a.OnTerminate().Add(a.stopJobs)
	a.OnBeforeServe().Add(a.traces.keepFigures)
}
