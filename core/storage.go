package core

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"sync"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// ErrS3Storage is reported while the settings ask for S3 storage, which this
// version does not have.
var ErrS3Storage = errors.New("S3 storage is not available yet")

// NewFilesystem returns the storage of uploaded files. The caller closes it.
func (a *App) NewFilesystem() (*filesystem.System, error) {
	if settings.Get(a.settings, func(s *settings.Settings) bool { return s.S3.Enabled }) {
		return nil, ErrS3Storage
	}
	return filesystem.NewLocal(filepath.Join(a.DataDir(), storeDir))
}

// NewBackupsFilesystem returns the storage of backups. The caller closes it.
func (a *App) NewBackupsFilesystem() (*filesystem.System, error) {
	if settings.Get(a.settings, func(s *settings.Settings) bool { return s.Backups.S3.Enabled }) {
		return nil, ErrS3Storage
	}
	return filesystem.NewLocal(filepath.Join(a.DataDir(), backupDir))
}

// cleanStorage removes the files of a deleted record or collection in the
// background.
func (a *App) cleanStorage(e *ModelEvent) error {
	owner, ok := e.Model.(models.FilesManager)
	if ok && owner.BaseFilesPath() != "" && a.storage.add(owner.BaseFilesPath()+"/") {
		a.Go(a.emptyStorageQueue)
	}
	return nil
}

// emptyStorageQueue deletes what is queued until nothing is left, even while
// the app closes: nobody would come back to it later.
func (a *App) emptyStorageQueue(ctx context.Context) {
	ctx = context.WithoutCancel(ctx)
	for {
		prefixes := a.storage.take()
		if len(prefixes) == 0 {
			return
		}
		if err := a.deletePrefixes(ctx, prefixes); err != nil {
			a.log.Warn("Cannot delete the files of deleted records", slog.Any("error", err))
		}
	}
}

func (a *App) deletePrefixes(ctx context.Context, prefixes []string) error {
	system, err := a.NewFilesystem()
	if err != nil {
		return err
	}
	system.SetContext(ctx)
	var failed error
	for _, prefix := range prefixes {
		failed = errors.Join(failed, errors.Join(system.DeletePrefix(prefix)...))
	}
	return errors.Join(failed, system.Close())
}

// storageCleaner is the queue of storage prefixes to delete. One job empties
// it, however many records are deleted.
type storageCleaner struct {
	mu      sync.Mutex
	queue   []string
	working bool
}

// add queues a prefix and reports whether a job has to be started.
func (c *storageCleaner) add(prefix string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.queue = append(c.queue, prefix)
	start := !c.working
	c.working = true
	return start
}

// take returns what is queued. When that is nothing, the job is over.
func (c *storageCleaner) take() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	queue := c.queue
	c.queue = nil
	c.working = len(queue) > 0
	return queue
}
