// Package coretest gives tests an app on a fresh, migrated data folder in
// milliseconds: the folder is migrated once per test binary and copied. The
// passwords that are set in its process take no time to check.
package coretest

import (
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/internal/passwordcost"
)

// databaseFiles are what a closed data folder consists of.
var databaseFiles = []string{"data.db", "logs.db"}

// template returns the content of the database files of a migrated folder.
var template = sync.OnceValues(buildTemplate)

// New returns a bootstrapped app with the default collections, no admins and
// default settings. It is closed when the test ends. The changes are applied
// to its configuration before it is opened.
func New(tb testing.TB, changes ...func(c *core.Config)) *core.App {
	tb.Helper()
	app := Unopened(tb, changes...)
	if err := app.Bootstrap(); err != nil {
		tb.Fatalf("bootstrap: %v", err)
	}
	return app
}

// Unopened is New without the bootstrap, for tests that register hooks which
// have to see it.
func Unopened(tb testing.TB, changes ...func(c *core.Config)) *core.App {
	tb.Helper()
	config := core.Config{DataDir: filepath.Join(tb.TempDir(), "pb_data")}
	for _, change := range changes {
		change(&config)
	}
	WriteDataDir(tb, config.DataDir)
	passwordcost.Lower()
	app := core.New(config)
	tb.Cleanup(func() {
		if err := app.ResetBootstrapState(); err != nil {
			tb.Errorf("close app: %v", err)
		}
	})
	return app
}

// WriteDataDir creates a fresh, migrated data folder at dir.
func WriteDataDir(tb testing.TB, dir string) {
	tb.Helper()
	files, err := template()
	if err != nil {
		tb.Fatalf("build the data folder template: %v", err)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		tb.Fatal(err)
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			tb.Fatal(err)
		}
	}
}

func buildTemplate() (files map[string][]byte, err error) {
	dir, err := os.MkdirTemp("", "tacklebox-template-")
	if err != nil {
		return nil, err
	}
	defer func() {
		if removeErr := os.RemoveAll(dir); err == nil {
			err = removeErr
		}
	}()
	app := core.New(core.Config{DataDir: dir})
	if err := app.Bootstrap(); err != nil {
		return nil, fmt.Errorf("bootstrap: %w", err)
	}
	if _, err := app.Migrate(); err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	if err := app.ResetBootstrapState(); err != nil {
		return nil, err
	}
	files = make(map[string][]byte, len(databaseFiles))
	for _, name := range databaseFiles {
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	return files, nil
}
