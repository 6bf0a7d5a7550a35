package core_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/hook"
)

func TestBootstrapFiresItsHooks(t *testing.T) {
	t.Parallel()
	app := coretest.Unopened(t)
	var trail []string
	app.OnBeforeBootstrap().Add(func(e *core.BootstrapEvent) error {
		if e.App.Dao() != nil || e.App.LogsDao() != nil || e.App.DB() != nil || e.App.IsBootstrapped() {
			t.Error("nothing is open before the bootstrap")
		}
		trail = append(trail, "before")
		return hook.StopPropagation // skips later handlers only
	})
	app.OnBeforeBootstrap().Add(func(*core.BootstrapEvent) error { trail = append(trail, "skipped"); return nil })
	app.OnAfterBootstrap().Add(func(e *core.BootstrapEvent) error {
		total, err := e.App.Dao().TotalAdmins()
		if err != nil || total != 0 || !e.App.IsBootstrapped() {
			t.Errorf("after bootstrap: %d admins, %v", total, err)
		}
		trail = append(trail, "after")
		return nil
	})
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(trail, " "); got != "before after" {
		t.Fatal(got)
	}
	if err := app.Reconfigure(func(c *core.Config) { c.IsDev = true }); err == nil {
		t.Error("an open app must not be reconfigured")
	}
	if err := app.Bootstrap(); err != nil {
		t.Fatalf("a second bootstrap opens the folder again: %v", err)
	}
}

func TestBootstrapFailsWithItsHooks(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"before", "after"} {
		app := coretest.Unopened(t)
		h := app.OnBeforeBootstrap()
		if name == "after" {
			h = app.OnAfterBootstrap()
		}
		h.Add(func(*core.BootstrapEvent) error { return errors.New("refused") })
		if err := app.Bootstrap(); err == nil || err.Error() != "refused" || app.IsBootstrapped() {
			t.Errorf("%s: %v, open %v", name, err, app.IsBootstrapped())
		}
	}
}

func TestDataFolderErrors(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name    string
		prepare func(t *testing.T, dir string)
		want    string
	}{
		{"newer version", func(t *testing.T, dir string) {
			app := core.New(core.Config{DataDir: dir})
			if err := app.Bootstrap(); err != nil {
				t.Fatal(err)
			}
			_, err := app.DB().NewQuery("ALTER TABLE _collections RENAME COLUMN schema TO fields").Execute()
			if err := errors.Join(err, app.ResetBootstrapState()); err != nil {
				t.Fatal(err)
			}
		}, "newer version"},
		{"damaged", func(t *testing.T, dir string) {
			path := filepath.Join(dir, "data.db")
			if err := os.WriteFile(path, []byte(strings.Repeat("garbage ", 1000)), 0o600); err != nil {
				t.Fatal(err)
			}
		}, "data.db is not a database."},
		{"a folder in place of the file", func(t *testing.T, dir string) {
			path := filepath.Join(dir, "data.db")
			if err := errors.Join(os.Remove(path), os.Mkdir(path, 0o700)); err != nil {
				t.Fatal(err)
			}
		}, "data.db"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			coretest.WriteDataDir(t, dir)
			tc.prepare(t, dir)
			err := core.New(core.Config{DataDir: dir}).Bootstrap()
			if !errors.Is(err, core.ErrDataDir) || !strings.Contains(err.Error(), tc.want) || strings.Contains(err.Error(), "\n") {
				t.Fatalf("got %v", err)
			}
			if !strings.HasPrefix(err.Error(), "The data folder "+dir) || !strings.HasSuffix(err.Error(), ".") {
				t.Errorf("not a sentence: %v", err)
			}
		})
	}
}

func TestScratchFolderIsRemoved(t *testing.T) {
	t.Parallel()
	app := coretest.Unopened(t)
	scratch := filepath.Join(app.DataDir(), ".pb_temp_to_delete", "x")
	if err := os.MkdirAll(scratch, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Dir(scratch)); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("stat: %v", err)
	}
}

func TestTerminate(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	runs := 0
	app.OnTerminate().Add(func(e *core.TerminateEvent) error {
		runs++
		if e.IsRestart || e.App.Dao() == nil {
			t.Errorf("event %+v", e)
		}
		return errors.New("ignored")
	})
	for range 2 {
		if err := app.Terminate(false); err != nil {
			t.Fatal(err)
		}
	}
	if runs != 1 || app.IsBootstrapped() {
		t.Fatalf("%d runs, open %v", runs, app.IsBootstrapped())
	}
	entries, err := os.ReadDir(app.DataDir())
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	if !slices.Equal(names, []string{"data.db", "logs.db"}) {
		t.Fatalf("files after the end: %v", names)
	}
}

func TestAccessors(t *testing.T) {
	t.Parallel()
	app := coretest.New(t, func(c *core.Config) { c.Version = "9.9.9"; c.EncryptionEnv = "" })
	if app.Version() != "9.9.9" || app.IsDev() || app.EncryptionEnv() != "" || filepath.Base(app.DataDir()) != "pb_data" || app.HideStartBanner() {
		t.Error("the configuration does not come back")
	}
	app.Store().Set("k", 1)
	if app.Cache().Get("k") != 1 {
		t.Error("the cache is the store")
	}
	if app.DB() == nil || app.LogsDB() == nil || app.SubscriptionsBroker() == nil || app.Logger() == nil {
		t.Error("an accessor is nil")
	}
	app.Settings().S3.Enabled, app.Settings().Backups.S3.Enabled = true, true
	for _, open := range []func() (*filesystem.System, error){app.NewFilesystem, app.NewBackupsFilesystem} {
		if _, err := open(); err == nil {
			t.Error("S3 storage opens without an endpoint")
		}
	}
}
