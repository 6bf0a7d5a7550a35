package core

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/backup"
	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// ActiveBackupKey is set in [App.Store] while a backup is made or restored; its
// value is the name of that backup.
const ActiveBackupKey = "@activeBackup"

// ErrBackupActive is reported while another backup is made or restored.
var ErrBackupActive = errors.New("try again later - another backup/restore operation has already been started")

// unfinishedPrefix begins the names of stored files that are being written.
const unfinishedPrefix = ".tmp-"

// CreateBackup stores a backup of the data folder under name, while everything
// goes on. It holds what was acknowledged before the call. Files in S3 storage
// are not part of it. The error is ErrBackupActive while another one runs.
func (a *App) CreateBackup(ctx context.Context, name string) error {
	open := a.open.Load()
	if open == nil {
		return errNotBootstrapped
	}
	release, err := a.claimBackup(name)
	if err != nil {
		return err
	}
	defer release()
	dir, err := os.MkdirTemp(filepath.Join(a.DataDir(), tempDir), "backup-*")
	if err != nil {
		return fmt.Errorf("create backup: %w", err)
	}
	defer a.removeTemp(dir)
	archive := filepath.Join(dir, "archive.zip")
	if err := a.packBackup(ctx, open, dir, archive); err != nil {
		return fmt.Errorf("create backup: %w", err)
	}
	if err := a.storeBackup(ctx, archive, name); err != nil {
		return fmt.Errorf("store backup: %w", err)
	}
	return nil
}

// claimBackup marks a backup as active, in this process and for others on the
// same folder, until the returned function is called.
func (a *App) claimBackup(name string) (release func(), err error) {
	a.mu.Lock()
	taken := a.Store().Has(ActiveBackupKey)
	if !taken {
		a.Store().Set(ActiveBackupKey, name)
	}
	a.mu.Unlock()
	if taken {
		return nil, ErrBackupActive
	}
	lock, err := backup.Acquire(filepath.Join(a.DataDir(), tempDir))
	if err != nil {
		a.Store().Remove(ActiveBackupKey)
		return nil, fmt.Errorf("claim backup: %w", err)
	}
	return func() {
		lock.Release()
		a.Store().Remove(ActiveBackupKey)
	}, nil
}

func (a *App) removeTemp(path string) {
	if err := os.RemoveAll(path); err != nil {
		a.log.Warn("Cannot remove a temporary folder", slog.Any("error", err))
	}
}

// packBackup writes the archive. Stored files are linked before the database is
// copied and again after it: whatever the copy mentions is then among the links,
// even when it is deleted before it is packed.
func (a *App) packBackup(ctx context.Context, open *databases, dir, archive string) error {
	stored, err := a.linkStorage(ctx, filepath.Join(dir, storeDir))
	if err != nil {
		return err
	}
	for _, database := range []struct {
		name string
		from *db.DB
	}{{dataFile, open.data}, {logsFile, open.logs}} {
		if err := database.from.Snapshot(ctx, filepath.Join(dir, database.name)); err != nil {
			return err
		}
	}
	if stored, err = a.linkStorage(ctx, stored); err != nil {
		return err
	}
	sources, err := a.backupSources(dir, stored)
	if err != nil {
		return err
	}
	file, err := os.Create(archive)
	if err != nil {
		return err
	}
	err = backup.Write(ctx, file, sources...)
	return errors.Join(err, file.Close())
}

// linkStorage returns the folder to pack the stored files from: target, or the
// storage itself where it cannot be linked.
func (a *App) linkStorage(ctx context.Context, target string) (string, error) {
	origin := filepath.Join(a.DataDir(), storeDir)
	if target == origin {
		return origin, nil
	}
	err := backup.Link(ctx, origin, target, func(name string) bool { return strings.HasPrefix(name, unfinishedPrefix) })
	if errors.Is(err, errors.ErrUnsupported) {
		return origin, nil
	}
	return target, err
}

// backupSources lists the content of the data folder, with copies in place of
// what is in use.
func (a *App) backupSources(dir, stored string) ([]backup.Source, error) {
	entries, err := os.ReadDir(a.DataDir())
	if err != nil {
		return nil, err
	}
	sources := []backup.Source{
		{Name: dataFile, Path: filepath.Join(dir, dataFile)},
		{Name: logsFile, Path: filepath.Join(dir, logsFile)},
		{Name: storeDir, Path: stored},
	}
	for _, entry := range entries {
		name := entry.Name()
		database := strings.HasPrefix(name, dataFile) || strings.HasPrefix(name, logsFile)
		if name == storeDir || database || !isRestored(name) {
			continue
		}
		sources = append(sources, backup.Source{Name: name, Path: filepath.Join(a.DataDir(), name)})
	}
	return sources, nil
}

// isRestored tells whether an entry of the data folder belongs into a backup.
func isRestored(name string) bool {
	return name != backupDir && name != tempDir && name != backup.SwapFolder
}

func (a *App) storeBackup(ctx context.Context, archive, name string) error {
	files, err := a.NewBackupsFilesystem()
	if err != nil {
		return err
	}
	files.SetContext(ctx)
	file, err := filesystem.NewFileFromPath(archive)
	if err != nil {
		return errors.Join(err, files.Close())
	}
	file.OriginalName = path.Base(name)
	return errors.Join(files.UploadFile(file, name), files.Close())
}

// fetchBackup copies a stored backup to a local file.
func (a *App) fetchBackup(ctx context.Context, name, target string) error {
	files, err := a.NewBackupsFilesystem()
	if err != nil {
		return err
	}
	defer func() { _ = files.Close() }()
	files.SetContext(ctx)
	stored, err := files.GetFile(name)
	if err != nil {
		return err
	}
	defer func() { _ = stored.Close() }() // it was only read
	file, err := os.Create(target)
	if err != nil {
		return err
	}
	_, err = file.ReadFrom(stored)
	return errors.Join(err, file.Close())
}

// BackupName returns the usual name of a backup that is made now: the prefix,
// the name of the app and the time.
func BackupName(app *App, prefix string) string {
	name := settings.Get(app.Settings(), func(s *settings.Settings) string { return s.Meta.AppName })
	name = filesystem.SnakeCase(name)
	if len(name) > maxBackupAppName {
		name = name[:maxBackupAppName]
	}
	return fmt.Sprintf("%s%s_%s.zip", prefix, name, app.config.Now().UTC().Format("20060102150405"))
}

const maxBackupAppName = 50
