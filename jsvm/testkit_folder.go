package jsvm

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/db"
)

// The parts of a data folder that tests need.
const (
	dataFile   = "data.db"
	logsFile   = "logs.db"
	storageDir = "storage"
)

// testFolder is a temporary copy of the data folder with all migrations applied.
type testFolder struct {
	root string // of all temporary folders
	data string
	next int
}

// newTestFolder copies the data folder of the app, which may be in use or missing.
func newTestFolder(ctx context.Context, h *host) (*testFolder, error) {
	root, err := os.MkdirTemp("", "hooks-test-*")
	if err != nil {
		return nil, err
	}
	f := &testFolder{root: root, data: filepath.Join(root, "origin")}
	if err := f.fill(ctx, h); err != nil {
		f.remove()
		return nil, err
	}
	return f, nil
}

func (f *testFolder) remove() { _ = os.RemoveAll(f.root) } // the system clears what is left

func (f *testFolder) fill(ctx context.Context, h *host) (err error) {
	if err := os.MkdirAll(f.data, 0o755); err != nil {
		return err
	}
	origin := filepath.Join(h.app.DataDir(), dataFile)
	if _, err := os.Stat(origin); err == nil {
		if err := snapshot(ctx, origin, filepath.Join(f.data, dataFile)); err != nil {
			return err
		}
	}
	if err := copyFolder(filepath.Join(h.app.DataDir(), storageDir), filepath.Join(f.data, storageDir)); err != nil {
		return err
	}
	app := core.New(testConfig(h.app, f.data))
	if err := registerMigrations(app, h.cfg); err != nil {
		return err
	}
	if err := app.Bootstrap(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, app.ResetBootstrapState()) }()
	_, err = app.Migrate()
	return err
}

// testConfig is the configuration of an app on a copy of the data folder.
func testConfig(app *core.App, dir string) core.Config {
	return core.Config{DataDir: dir, EncryptionEnv: app.EncryptionEnv(), Version: app.Version(), HideStartBanner: true}
}

// snapshot copies a database, which may be in use.
func snapshot(ctx context.Context, from, to string) (err error) {
	database, err := db.Open(ctx, from, db.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Close()) }()
	return database.Snapshot(ctx, to)
}

// fork returns a fresh copy of the folder.
func (f *testFolder) fork() (string, error) {
	f.next++
	dir := filepath.Join(f.root, fmt.Sprintf("test%d", f.next))
	return dir, copyFolder(f.data, dir)
}

// copyFolder copies a folder without thumbs, which are made anew when they are
// asked for. A missing one is an empty one.
func copyFolder(from, to string) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		target := filepath.Join(to, rel)
		switch {
		case entry.IsDir() && strings.HasPrefix(entry.Name(), "thumbs_"):
			return filepath.SkipDir
		case entry.IsDir():
			return os.MkdirAll(target, 0o755)
		case entry.Type().IsRegular():
			return copyFile(path, target)
		}
		return nil
	})
}

func copyFile(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	return errors.Join(err, target.Close())
}
