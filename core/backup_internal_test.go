package core

import (
	"errors"
	"path/filepath"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// TestRestoreReplacesTheProcess runs whole restores with a stand-in for the
// replaced process, alone and while something else has the database open.
func TestRestoreReplacesTheProcess(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"alone": "Before", "in use": "After"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			app := newOpenApp(t, Config{})
			if name == "in use" {
				other, err := db.Open(t.Context(), filepath.Join(app.DataDir(), dataFile), db.Options{})
				if err != nil {
					t.Fatal(err)
				}
				defer func() { _ = other.Close() }()
			}
			if got := restoredName(t, app); got != want {
				t.Errorf("the app is called %q, want %q", got, want)
			}
		})
	}
}

// restoredName calls the app Before, makes a backup, calls it After, restores
// the backup and returns what it is called then.
func restoredName(t *testing.T, app *App) string {
	t.Helper()
	replaced := make(chan string, 1)
	app.replace = func(exe string) error {
		replaced <- exe
		return errors.New("not in a test")
	}
	app.settings.Meta.AppName = "Before"
	if err := app.Dao().SaveSettings(app.settings, ""); err != nil {
		t.Fatal(err)
	}
	if err := app.CreateBackup(t.Context(), "b.zip"); err != nil {
		t.Fatal(err)
	}
	app.settings.Meta.AppName = "After"
	if err := app.Dao().SaveSettings(app.settings, ""); err != nil {
		t.Fatal(err)
	}
	if err := app.RestoreBackup(t.Context(), "b.zip"); err != nil {
		t.Fatal(err)
	}
	AwaitRestart(app)
	if exe := <-replaced; exe == "" {
		t.Error("no program to start")
	}
	next := New(Config{DataDir: app.DataDir()})
	if err := next.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = next.ResetBootstrapState() }()
	AwaitRestart(next) // nothing to wait for
	return next.Settings().Meta.AppName
}
