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

// NewFilesystem returns the storage of uploaded files. The caller closes it.
func (a *App) NewFilesystem() (*filesystem.System, error) {
	return a.stores.open(storeDir, a.DataDir(), settings.Get(a.settings, func(s *settings.Settings) settings.S3Config { return s.S3 }))
}

// NewBackupsFilesystem returns the storage of backups. The caller closes it.
func (a *App) NewBackupsFilesystem() (*filesystem.System, error) {
	return a.stores.open(backupDir, a.DataDir(), settings.Get(a.settings, func(s *settings.Settings) settings.S3Config { return s.Backups.S3 }))
}

// stores opens the storages of an app. They share the bounds for thumbs, and
// the connections to their buckets are kept. The zero value is ready.
type stores struct {
	mu      sync.Mutex
	thumbs  *filesystem.Thumbs
	buckets map[string]bucketStore // by the name of the folder they stand for
}

type bucketStore struct {
	config settings.S3Config
	system *filesystem.System
}

// open returns the storage for a folder of the data directory: the bucket, if
// that is enabled, or the folder itself.
func (s *stores) open(folder, dataDir string, config settings.S3Config) (*filesystem.System, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.thumbs == nil {
		s.thumbs = filesystem.NewThumbs()
		s.buckets = map[string]bucketStore{}
	}
	shared := filesystem.WithThumbs(s.thumbs)
	if !config.Enabled {
		return filesystem.NewLocal(filepath.Join(dataDir, folder), shared)
	}
	if kept, ok := s.buckets[folder]; ok && kept.config == config {
		return filesystem.Share(kept.system), nil
	}
	system, err := filesystem.NewS3(filesystem.S3Config{
		Bucket:         config.Bucket,
		Region:         config.Region,
		Endpoint:       config.Endpoint,
		AccessKey:      config.AccessKey,
		Secret:         config.Secret,
		ForcePathStyle: config.ForcePathStyle,
	}, shared)
	if err != nil {
		return nil, err
	}
	s.buckets[folder] = bucketStore{config: config, system: system}
	return filesystem.Share(system), nil
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
