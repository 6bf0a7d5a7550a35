package core

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db"
	_ "github.com/tackleboxdev/tacklebox/core/db/sqlite" // the engine of the data folder
	"github.com/tackleboxdev/tacklebox/core/migrations"
)

const (
	dataFile  = "data.db"
	logsFile  = "logs.db"
	tempDir   = ".pb_temp_to_delete"
	storeDir  = "storage"
	backupDir = "backups"

	// logsReaders is how many connections read the logs at a time: nobody but
	// admins does, and each keeps a cache.
	logsReaders = 2
)

var errNotBootstrapped = errors.New("the app is not bootstrapped")

// IsBootstrapped tells whether the data folder is open.
func (a *App) IsBootstrapped() bool { return a.open.Load() != nil }

// Bootstrap opens the data folder, creating it if it is missing, and loads the
// settings. It fires OnBeforeBootstrap before and OnAfterBootstrap after that;
// an error of either fails it. An app that is open is closed first.
//
// A folder that cannot be used gives an error of one clear sentence, see
// [ErrDataDir]. No migration is run, see [App.Migrate].
func (a *App) Bootstrap() error {
	if err := a.ResetBootstrapState(); err != nil {
		return err
	}
	event := &BootstrapEvent{App: a}
	if err := a.OnBeforeBootstrap().Trigger(event); err != nil {
		return err
	}
	if err := a.openDataDir(); err != nil {
		return err
	}
	a.logs.Start()
	if err := a.OnAfterBootstrap().Trigger(event); err != nil {
		return errors.Join(err, a.ResetBootstrapState())
	}
	return nil
}

// ResetBootstrapState closes what Bootstrap opened, after the background jobs
// ended and what was logged is stored. It may be followed by another Bootstrap.
func (a *App) ResetBootstrapState() error {
	a.background.drain()
	a.logs.Stop()
	open := a.open.Swap(nil)
	if open == nil {
		return nil
	}
	return open.close()
}

func (d *databases) close() error {
	var err error
	for _, database := range []*db.DB{d.data, d.logs} {
		if database != nil {
			err = errors.Join(err, database.Close())
		}
	}
	if err != nil {
		return fmt.Errorf("close databases: %w", err)
	}
	return nil
}

// Terminate fires OnTerminate and closes the app. An error of a handler is
// logged and does not keep the app from closing. Only the first call does
// anything.
func (a *App) Terminate(isRestart bool) error {
	a.mu.Lock()
	first := !a.terminated
	a.terminated = true
	a.mu.Unlock()
	if !first {
		return nil
	}
	if err := a.OnTerminate().Trigger(&TerminateEvent{App: a, IsRestart: isRestart}); err != nil {
		a.log.Error("Terminate hook failed", slog.Any("error", err))
	}
	return a.ResetBootstrapState()
}

// openDataDir opens both databases and loads the settings, or leaves nothing
// open.
func (a *App) openDataDir() error {
	if _, err := EncryptionKey(a); err != nil {
		return err
	}
	if err := os.MkdirAll(a.DataDir(), 0o755); err != nil {
		return dataDirError(a.DataDir(), "cannot be created", err)
	}
	return a.cleanDataDir(a.openContent)
}

// openContent opens what the data folder holds.
func (a *App) openContent() error {
	open, err := a.openDatabases()
	if err != nil {
		return err
	}
	a.open.Store(open)
	if err := a.loadSettings(); err != nil {
		a.open.Store(nil)
		return errors.Join(err, open.close())
	}
	return nil
}

func (a *App) openDatabases() (*databases, error) {
	open := &databases{}
	for _, file := range []struct {
		name    string
		readers int
		target  **db.DB
	}{{dataFile, 0, &open.data}, {logsFile, logsReaders, &open.logs}} {
		options := a.dbOptions()
		options.Readers = file.readers
		if a.IsDev() && file.name == dataFile {
			options.Trace = printStatement
		}
		database, err := db.Open(context.Background(), filepath.Join(a.DataDir(), file.name), options)
		if err != nil {
			return nil, errors.Join(openError(a.DataDir(), file.name, err), open.close())
		}
		*file.target = database
	}
	open.dao, open.logsDao = daos.New(open.data), daos.New(open.logs)
	open.dao.ModelQueryTimeout, open.logsDao.ModelQueryTimeout = a.config.QueryTimeout, a.config.QueryTimeout
	if err := migrations.CheckVersion(context.Background(), open.data); err != nil {
		text := fmt.Sprintf("The data folder %s cannot be used: %s.", a.DataDir(), err)
		return nil, errors.Join(&folderError{text: text, cause: err}, open.close())
	}
	a.bindModelHooks(open.dao)
	return open, nil
}

func (a *App) dbOptions() db.Options {
	return db.Options{
		Durability:   db.Durability(a.config.Durability),
		QueryTimeout: a.config.QueryTimeout,
		Logger:       a.log,
	}
}

// ErrDataDir marks a data folder that cannot be used.
var ErrDataDir = errors.New("unusable data folder")

// folderError is a one-sentence error about a data folder.
type folderError struct {
	text  string
	cause error
}

func (e *folderError) Error() string   { return e.text }
func (e *folderError) Unwrap() []error { return []error{ErrDataDir, e.cause} }

// dataDirError says what is wrong with dir; the reason is the part of the
// cause that a person can act on.
func dataDirError(dir, problem string, cause error) error {
	reason := cause.Error()
	if pathErr, ok := errors.AsType[*fs.PathError](cause); ok {
		reason = pathErr.Err.Error()
	}
	return &folderError{text: fmt.Sprintf("The data folder %s %s: %s.", dir, problem, reason), cause: cause}
}

// openError translates the reasons a database file cannot be opened.
func openError(dir, file string, err error) error {
	for _, known := range []struct {
		sentinel error
		text     string
	}{
		{db.ErrReadOnly, "is read-only"},
		{db.ErrCorrupt, "is damaged"},
		{db.ErrNotDatabase, "is not a database"},
		{db.ErrLocked, "is locked by another process"},
		{db.ErrBusy, "is locked by another process"},
	} {
		if errors.Is(err, known.sentinel) {
			return &folderError{text: fmt.Sprintf("The data folder %s cannot be used: %s %s.", dir, file, known.text), cause: err}
		}
	}
	return &folderError{text: fmt.Sprintf("The data folder %s cannot be used: %s: %s.", dir, file, err), cause: err}
}
