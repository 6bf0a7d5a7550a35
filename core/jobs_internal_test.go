package core

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/internal/s3test"
)

func newOpenApp(t *testing.T, config Config) *App {
	t.Helper()
	config.DataDir = filepath.Join(t.TempDir(), "pb_data")
	app := New(config)
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := app.ResetBootstrapState(); err != nil {
			t.Error(err)
		}
	})
	if _, err := app.Migrate(); err != nil {
		t.Fatal(err)
	}
	return app
}

// TestAutoBackups makes more than are kept and leaves those made by hand alone.
func TestAutoBackups(t *testing.T) {
	t.Parallel()
	for _, place := range []string{"folder", "bucket"} {
		t.Run(place, func(t *testing.T) {
			t.Parallel()
			now := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
			app := newOpenApp(t, Config{Now: func() time.Time { return now }})
			app.settings.Backups.CronMaxKeep = 2
			if place == "bucket" {
				app.settings.Backups.S3 = bucketSettings(s3test.Start(t).Bucket(t, "backups"))
			}
			if err := app.CreateBackup(t.Context(), "by_hand.zip"); err != nil {
				t.Fatal(err)
			}
			for range 4 {
				now = now.Add(time.Hour)
				if err := app.autoBackup(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			want := "@auto_pb_backup_acme_20240102060405.zip @auto_pb_backup_acme_20240102070405.zip by_hand.zip"
			if got := strings.Join(backupKeys(t, app), " "); got != want {
				t.Errorf("kept %s, want %s", got, want)
			}
			local, err := os.ReadDir(filepath.Join(app.DataDir(), backupDir))
			if (err == nil && len(local) > 0) != (place == "folder") {
				t.Errorf("%d in the folder, %v", len(local), err)
			}
		})
	}
}

func bucketSettings(config filesystem.S3Config) settings.S3Config {
	return settings.S3Config{
		Enabled: true, Bucket: config.Bucket, Region: config.Region, Endpoint: config.Endpoint,
		AccessKey: config.AccessKey, Secret: config.Secret, ForcePathStyle: config.ForcePathStyle,
	}
}

func backupKeys(t *testing.T, app *App) (keys []string) {
	t.Helper()
	files, err := app.NewBackupsFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	stored, err := files.List("")
	if err = errors.Join(err, files.Close()); err != nil {
		t.Fatal(err)
	}
	for _, object := range stored {
		keys = append(keys, object.Key)
	}
	return keys
}

// TestAutoBackupsWithoutABucket are logged and leave nothing behind.
func TestAutoBackupsWithoutABucket(t *testing.T) {
	t.Parallel()
	app := newOpenApp(t, Config{})
	config := s3test.Start(t).Bucket(t, "backups")
	config.Bucket = "missing"
	app.settings.Backups.S3, app.settings.Backups.CronMaxKeep = bucketSettings(config), 1
	app.guardJob(backupJob, app.autoBackup)(t.Context())
	app.flushLogs()
	var logged string
	if err := app.LogsDao().LogQuery().Select("data").AndWhere(dbx.HashExp{"message": "Scheduled job failed"}).Row(&logged); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(logged, "store backup") || strings.Contains(logged, config.Secret) {
		t.Errorf("logged %s", logged)
	}
	left, err := os.ReadDir(filepath.Join(app.DataDir(), tempDir))
	if err != nil || len(left) > 1 { // the lock
		t.Errorf("left %v, %v", left, err)
	}
	if app.Store().Has(ActiveBackupKey) {
		t.Error("the backup is still active")
	}
}

// TestBackupSchedule follows changes of the settings.
func TestBackupSchedule(t *testing.T) {
	t.Parallel()
	app := newOpenApp(t, Config{})
	for _, tt := range []struct {
		cron string
		jobs int
	}{{"0 0 * * *", 1}, {"", 0}, {"@daily", 1}, {"99 * * * *", 0}} {
		stored := settings.New()
		stored.Backups.Cron = tt.cron
		if err := app.useSettings(stored); err != nil {
			t.Fatal(err)
		}
		if got := app.jobs.Total(); got != tt.jobs {
			t.Errorf("%q: %d jobs", tt.cron, got)
		}
	}
}

// TestPanicInScheduledJob does not end the process.
func TestPanicInScheduledJob(t *testing.T) {
	t.Parallel()
	app := newOpenApp(t, Config{})
	app.guardJob("x", func(context.Context) error { panic("boom") })(t.Context())
	app.guardJob("y", func(context.Context) error { return errors.New("cause") })(t.Context())
	app.flushLogs()
	var messages []string
	if err := app.LogsDao().LogQuery().Select("message").OrderBy("rowid").Column(&messages); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(messages, ", "); got != "Scheduled job panicked, Scheduled job failed" {
		t.Errorf("logged %s", got)
	}
}
