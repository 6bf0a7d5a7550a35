package core

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/settings"
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
	now := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	app := newOpenApp(t, Config{Now: func() time.Time { return now }})
	app.settings.Backups.CronMaxKeep = 2
	if err := app.CreateBackup(t.Context(), "by_hand.zip"); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		now = now.Add(time.Hour)
		if err := app.autoBackup(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	files, err := app.NewBackupsFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	stored, err := files.List("")
	if err != nil {
		t.Fatal(err)
	}
	var keys []string
	for _, object := range stored {
		keys = append(keys, object.Key)
	}
	want := "@auto_pb_backup_acme_20240102060405.zip @auto_pb_backup_acme_20240102070405.zip by_hand.zip"
	if got := strings.Join(keys, " "); got != want {
		t.Errorf("kept %s, want %s", got, want)
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
