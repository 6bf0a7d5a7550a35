package jsvm

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
)

//go:generate go run ../internal/gen/types

// typesFile is the name of the declarations in the data directory.
const typesFile = "types.d.ts"

// baseTypes declares everything but the fields of the collections.
//
//go:embed types/base.d.ts
var baseTypes string

// typesWriter keeps the declarations in the data directory up to date.
type typesWriter struct {
	app *core.App

	mu sync.Mutex // one write at a time
	// pending tells that a write in the background has not begun yet.
	pending atomic.Bool
}

// writeTypes binds a writer to the life of the app and to its collections.
// Problems are logged: scripts run without declarations.
func writeTypes(app *core.App) {
	w := &typesWriter{app: app}
	app.OnAfterBootstrap().Bind(hook.Handler[*core.BootstrapEvent]{
		Info: hook.Info{ID: "jsvm.types", First: true},
		Func: func(*core.BootstrapEvent) error { w.write(); return nil },
	})
	app.OnBeforeServe().Bind(hook.Handler[*core.ServeEvent]{ // migrations may have run
		Info: hook.Info{ID: "jsvm.types", First: true},
		Func: func(*core.ServeEvent) error { w.write(); return nil },
	})
	for _, h := range []*hook.Hook[*core.ModelEvent]{
		app.OnModelAfterCreate(collectionsTable), app.OnModelAfterUpdate(collectionsTable), app.OnModelAfterDelete(collectionsTable),
	} {
		h.Bind(hook.Handler[*core.ModelEvent]{
			Info: hook.Info{ID: "jsvm.types", First: true},
			Func: func(*core.ModelEvent) error { w.schedule(); return nil },
		})
	}
}

// schedule writes soon, once for all changes until then.
func (w *typesWriter) schedule() {
	if w.pending.Swap(true) {
		return
	}
	w.app.Go(func(context.Context) {
		w.pending.Store(false)
		w.write()
	})
}

// write brings the file up to date. Its first line holds the time it was
// written and a hash of the rest; as long as the rest is the same, it stays.
func (w *typesWriter) write() {
	w.mu.Lock()
	defer w.mu.Unlock()
	text, err := declarations(w.app)
	if err == nil {
		err = writeTypesFile(filepath.Join(w.app.DataDir(), typesFile), text)
	}
	if err != nil {
		w.app.Logger().Warn("The type declarations could not be written", slog.Any("error", err))
	}
}

func writeTypesFile(path, text string) error {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(text))
	mark := fmt.Sprintf(" %016x\n", hash.Sum64())
	if first, err := firstLine(path); err == nil && strings.HasSuffix(first, mark) {
		return nil
	}
	return writeAtomically(path, fmt.Appendf(nil, "// %d%s%s", time.Now().Unix(), mark, text))
}

// firstLine reads no more of a file than such a line needs.
func firstLine(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { _ = file.Close() }()
	head := make([]byte, 64)
	n, err := file.Read(head)
	line, _, found := strings.Cut(string(head[:n]), "\n")
	if !found {
		return "", errors.Join(fs.ErrInvalid, err)
	}
	return line + "\n", nil
}

// declarations returns the text for the collections as they are now. A folder
// that was never migrated has none.
func declarations(app *core.App) (string, error) {
	dao := app.Dao()
	if dao == nil || !dao.HasTable(collectionsTable) {
		return baseTypes, nil
	}
	collections := []*models.Collection{}
	if err := dao.CollectionQuery().OrderBy("name").All(&collections); err != nil {
		return "", fmt.Errorf("list collections: %w", err)
	}
	return baseTypes + collectionTypes(collections), nil
}

// typesReference is the line by which a script in dir finds the declarations.
func typesReference(dir, dataDir string) string {
	path := filepath.Join(dataDir, typesFile)
	if rel, err := filepath.Rel(dir, path); err == nil {
		path = rel
	}
	return fmt.Sprintf("/// <reference path=%q />", filepath.ToSlash(path))
}

// referenceTypes puts the reference into script files that are still empty. One
// that cannot be written stays as it is.
func referenceTypes(dir, dataDir string) {
	paths, err := listScripts(dir)
	if err != nil {
		return // loading the files reports it
	}
	for _, path := range paths {
		if info, err := os.Stat(path); err != nil || info.Size() > 0 {
			continue
		}
		_ = os.WriteFile(path, []byte(typesReference(dir, dataDir)+"\n\n"), 0o644)
	}
}

// writeAtomically writes a file so that readers see all of it or none.
func writeAtomically(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Chmod(0o644)
	}
	if closeErr := file.Close(); err == nil {
		err = closeErr
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}
