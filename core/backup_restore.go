package core

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"github.com/tackleboxdev/tacklebox/core/backup"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/migrations"
	"github.com/tackleboxdev/tacklebox/core/models"
)

const (
	// A backup may unpack to unpackedFactor times its size, or to unpackedFree
	// if that is more.
	unpackedFactor = 200
	unpackedFree   = 1 << 30
	// restartWait bounds how long the end of a program waits for a restart.
	restartWait = time.Minute
)

// RestoreBackup replaces the content of the data folder, backups aside, by that
// of the stored backup name. It returns when the backup is unpacked and found
// to be usable; until then nothing changes, and an error means that nothing
// will. After that the app terminates, the contents are exchanged and the
// process starts anew, with the old content should the exchange fail.
//
// The error is ErrBackupActive while another backup is made or restored.
func (a *App) RestoreBackup(ctx context.Context, name string) error {
	if !a.IsBootstrapped() {
		return errNotBootstrapped
	}
	release, err := a.claimBackup(name)
	if err != nil {
		return err
	}
	if err := a.stageBackup(ctx, name); err != nil {
		err = errors.Join(fmt.Errorf("restore backup: %w", err), a.swap().Discard())
		release()
		return err
	}
	finished := a.beginRestart()
	// The app waits for its background jobs when it terminates, and this one
	// terminates the app: it is its own owner until the process is replaced.
	go func() { //nolint:contextcheck // it outlives the caller on purpose
		defer finished()
		defer release()
		a.exchangeAndRestart()
	}()
	return nil
}

// swap describes the exchange of the contents of the data folder.
func (a *App) swap() backup.Swap {
	return backup.Swap{Dir: a.DataDir(), Keep: []string{backupDir, tempDir}}
}

// stageBackup unpacks a stored backup next to the current content and makes
// sure that the app can start with it.
func (a *App) stageBackup(ctx context.Context, name string) error {
	dir, err := os.MkdirTemp(filepath.Join(a.DataDir(), tempDir), "restore-*")
	if err != nil {
		return err
	}
	defer a.removeTemp(dir)
	archive := filepath.Join(dir, "archive.zip")
	if err := a.fetchBackup(ctx, name, archive); err != nil {
		return err
	}
	info, err := os.Stat(archive)
	if err != nil {
		return err
	}
	if err := a.swap().Prepare(); err != nil {
		return err
	}
	staging := a.swap().Staging()
	limit := unpackLimit(info.Size(), staging)
	if err := backup.Extract(ctx, archive, staging, limit, func(top string) bool { return !isRestored(top) }); err != nil {
		return err
	}
	return a.checkStaged(ctx, staging)
}

// unpackLimit returns how many bytes an archive of that size may unpack to.
func unpackLimit(size int64, dir string) int64 {
	limit := max(unpackedFactor*size, unpackedFree)
	if free, known := backup.FreeSpace(dir); known {
		limit = min(limit, free-free/20)
	}
	return limit
}

// checkStaged opens the unpacked databases as the next start will.
func (a *App) checkStaged(ctx context.Context, dir string) error {
	if _, err := os.Stat(filepath.Join(dir, dataFile)); err != nil {
		return fmt.Errorf("the backup holds no %s", dataFile)
	}
	for _, name := range []string{dataFile, logsFile} {
		path := filepath.Join(dir, name)
		if err := os.Remove(path + "-shm"); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err // it belongs to another moment and is made anew
		}
		if _, err := os.Stat(path); name == logsFile && errors.Is(err, os.ErrNotExist) {
			continue // a start makes one
		}
		if err := a.checkDatabase(ctx, path, name == dataFile); err != nil {
			return fmt.Errorf("the %s of the backup cannot be used: %w", name, err)
		}
	}
	return nil
}

func (a *App) checkDatabase(ctx context.Context, path string, isData bool) (err error) {
	options := a.dbOptions()
	options.QueryTimeout = -1
	database, err := db.Open(ctx, path, options)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	err = database.QueryRows(ctx, "PRAGMA quick_check(1)", nil, func(row []any) error {
		if row[0] != "ok" {
			return fmt.Errorf("%w: %v", db.ErrCorrupt, row[0])
		}
		return nil
	})
	if err != nil || !isData {
		return err
	}
	if err := migrations.CheckVersion(ctx, database); err != nil {
		return err
	}
	dao := daos.New(database).WithContext(ctx)
	if !dao.HasTable((&models.Param{}).TableName()) {
		return errors.New("it is not the database of an app")
	}
	return a.checkStagedSettings(dao) //nolint:contextcheck // the dao carries it
}

// checkStagedSettings makes sure that the settings can be read with the current
// encryption key.
func (a *App) checkStagedSettings(dao *daos.Dao) error {
	key, err := EncryptionKey(a)
	if err != nil {
		return err
	}
	if _, err := dao.FindParamByKey(models.ParamAppSettings); err != nil {
		return nil //nolint:nilerr // without settings the app starts with the defaults
	}
	if _, err := dao.FindSettings(key); err != nil {
		return fmt.Errorf("read its settings with the current encryption key: %w", err)
	}
	return nil
}

// exchangeAndRestart ends the app, exchanges the contents of its folder and
// starts the process anew, whatever happens in between.
func (a *App) exchangeAndRestart() {
	defer func() {
		if p := recover(); p != nil {
			a.printFailure("Restore failed", fmt.Errorf("panic: %v\n%s", p, debug.Stack()))
		}
	}()
	err := a.Terminate(true)
	if err == nil {
		err = a.exchange()
	}
	if err != nil {
		a.printFailure("Restore failed", fmt.Errorf("restore backup: %w", err))
	}
	if err := a.replaceProcess(); err != nil {
		a.printFailure("Restore failed", err)
	}
}

// exchange commits the staged content. A log next to a closed database shows
// that another process has it open, which must not find its files replaced.
func (a *App) exchange() error {
	for _, name := range []string{dataFile, logsFile} {
		if _, err := os.Stat(filepath.Join(a.DataDir(), name+"-wal")); err == nil {
			return errors.Join(fmt.Errorf("%s is in use by another process", name), a.swap().Discard())
		}
	}
	return a.swap().Commit()
}

// printFailure reports to the console what the closed log cannot take.
func (a *App) printFailure(message string, err error) {
	a.log.Error(message, slog.Any("error", err))
	fmt.Fprintln(os.Stderr, "Error:", err)
}

// cleanDataDir completes or removes what earlier processes left behind, then
// calls open. If the content that a restore brought cannot be opened the
// content before it comes back.
func (a *App) cleanDataDir(open func() error) error {
	temp := filepath.Join(a.DataDir(), tempDir)
	if !exists(temp) && !exists(filepath.Join(a.DataDir(), backup.SwapFolder)) {
		return open()
	}
	lock, err := backup.Acquire(temp)
	if errors.Is(err, backup.ErrLocked) {
		return a.openBeside(open)
	}
	if err != nil {
		return dataDirError(a.DataDir(), "cannot be written", err)
	}
	defer lock.Release()
	swapped, err := a.swap().Recover()
	if err != nil {
		return &folderError{text: fmt.Sprintf("The data folder %s is in the middle of a restore that cannot be completed: %s.", a.DataDir(), err), cause: err}
	}
	if err := os.RemoveAll(temp); err != nil {
		return dataDirError(a.DataDir(), "cannot be written", err)
	}
	return a.openSwapped(swapped, open)
}

// openBeside opens the folder while another process makes or restores a backup.
func (a *App) openBeside(open func() error) error {
	pending, err := a.swap().Pending()
	if err != nil || pending {
		text := fmt.Sprintf("The data folder %s is being restored by another process, try again in a moment.", a.DataDir())
		return &folderError{text: text, cause: errors.Join(backup.ErrLocked, err)}
	}
	return open()
}

func (a *App) openSwapped(swapped bool, open func() error) error {
	err := open()
	if !swapped {
		return err
	}
	if err == nil {
		a.log.Info("The data folder was restored from a backup")
		return a.swap().Finish()
	}
	if undoErr := a.swap().Undo(); undoErr != nil {
		return errors.Join(err, undoErr)
	}
	a.printFailure("Restore failed", fmt.Errorf("the restored content cannot be used, the one before it is back: %w", err))
	return open()
}

func exists(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}
