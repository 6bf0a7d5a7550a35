package core_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/backup"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/models"
)

func unpack(t *testing.T, app *core.App, name string) string {
	t.Helper()
	dir := t.TempDir()
	archive := filepath.Join(app.DataDir(), "backups", name)
	if err := backup.Extract(t.Context(), archive, dir, 1<<30, func(string) bool { return false }); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestCreateBackup(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	for name, content := range map[string]string{
		"storage/c/r/f.txt": "file", "storage/c/r/.tmp-1": "unfinished", "types.d.ts": "types", "own/x": "own",
		"backups/earlier.zip": "not me",
	} {
		path := filepath.Join(app.DataDir(), filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	admin := &models.Admin{Email: "backup@example.com"}
	if err := errors.Join(admin.SetPassword("1234567890"), app.Dao().SaveAdmin(admin)); err != nil {
		t.Fatal(err)
	}
	if err := app.CreateBackup(t.Context(), "b.zip"); err != nil {
		t.Fatal(err)
	}
	if app.Store().Has(core.ActiveBackupKey) {
		t.Error("the backup is still active")
	}
	dir := unpack(t, app, "b.zip")
	var names []string
	for _, pattern := range []string{"*", "*/*", "storage/*/*/*"} {
		found, _ := filepath.Glob(filepath.Join(dir, filepath.FromSlash(pattern)))
		for _, path := range found {
			if info, err := os.Stat(path); err == nil && !info.IsDir() {
				rel, _ := filepath.Rel(dir, path)
				names = append(names, filepath.ToSlash(rel))
			}
		}
	}
	slices.Sort(names)
	if got := strings.Join(names, " "); got != "data.db logs.db own/x storage/c/r/f.txt types.d.ts" {
		t.Errorf("the backup holds %s", got)
	}
	restored := core.New(core.Config{DataDir: dir})
	if err := restored.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = restored.ResetBootstrapState() }()
	if _, err := restored.Dao().FindAdminByEmail("backup@example.com"); err != nil {
		t.Error(err)
	}
}

// TestOneBackupAtATime has one active by the hand of a hook, and one of another
// process.
func TestOneBackupAtATime(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	app.Store().Set(core.ActiveBackupKey, "")
	for _, err := range []error{app.CreateBackup(t.Context(), "x.zip"), app.RestoreBackup(t.Context(), "x.zip")} {
		if !errors.Is(err, core.ErrBackupActive) {
			t.Errorf("got %v", err)
		}
	}
	app.Store().Remove(core.ActiveBackupKey)
	lock, err := backup.Acquire(filepath.Join(app.DataDir(), ".pb_temp_to_delete"))
	if err != nil {
		t.Fatal(err)
	}
	defer lock.Release()
	if err := app.CreateBackup(t.Context(), "x.zip"); err != nil && !errors.Is(err, backup.ErrLocked) {
		t.Errorf("got %v", err)
	}
	second := core.New(core.Config{DataDir: app.DataDir()})
	if err := second.Bootstrap(); err != nil {
		t.Fatalf("a command cannot open the folder while a backup runs: %v", err)
	}
	defer func() { _ = second.ResetBootstrapState() }()
	if _, err := os.Stat(filepath.Join(app.DataDir(), ".pb_temp_to_delete", "lock")); err != nil {
		t.Errorf("it removed what belongs to the backup: %v", err)
	}
}

// TestBackupsThatCannotBeRestored leave the app as it is.
func TestBackupsThatCannotBeRestored(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	other := coretest.New(t, func(c *core.Config) { c.EncryptionEnv = "" })
	if err := other.CreateBackup(t.Context(), "whole.zip"); err != nil {
		t.Fatal(err)
	}
	files, err := app.NewBackupsFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	if err := files.Upload([]byte("no archive"), "broken.zip"); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]error{"missing.zip": filesystem.ErrNotFound, "broken.zip": nil} {
		if err := app.RestoreBackup(t.Context(), name); err == nil || want != nil && !errors.Is(err, want) {
			t.Errorf("%s: %v", name, err)
		}
		if app.Store().Has(core.ActiveBackupKey) || !app.IsBootstrapped() {
			t.Errorf("%s: the app is not as before", name)
		}
		if _, err := os.Stat(filepath.Join(app.DataDir(), backup.SwapFolder)); err == nil {
			t.Errorf("%s: something is left", name)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := app.CreateBackup(ended, "x.zip"); !errors.Is(err, context.Canceled) {
		t.Errorf("ended context: %v", err)
	}
	if err := core.New(core.Config{DataDir: t.TempDir()}).CreateBackup(t.Context(), "x.zip"); err == nil {
		t.Error("an app that is not open makes a backup")
	}
}

// TestRestoredContentThatDoesNotOpen gives the folder of a swap whose new
// content is damaged: the start brings the old one back.
func TestRestoredContentThatDoesNotOpen(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "pb_data")
	coretest.WriteDataDir(t, dir)
	swap := backup.Swap{Dir: dir, Keep: []string{"backups", ".pb_temp_to_delete"}}
	err := errors.Join(swap.Prepare(), os.WriteFile(filepath.Join(swap.Staging(), "data.db"), []byte("no database, but long enough to be read as one"), 0o600), swap.Commit())
	if err != nil {
		t.Fatal(err)
	}
	app := core.New(core.Config{DataDir: dir})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = app.ResetBootstrapState() }()
	if _, err := app.Dao().FindCollectionByNameOrId("users"); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(filepath.Join(dir, backup.SwapFolder)); err == nil {
		t.Error("the swap is not finished")
	}
}

func TestBackupName(t *testing.T) {
	t.Parallel()
	now := time.Date(2024, 1, 2, 3, 4, 5, 0, time.UTC)
	app := coretest.New(t, func(c *core.Config) { c.Now = func() time.Time { return now } })
	app.Settings().Meta.AppName = "My App! " + strings.Repeat("x", 100)
	want := fmt.Sprintf("pb_my_app_%s_20240102030405.zip", strings.Repeat("x", 43))
	if got := core.BackupName(app, "pb_"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
