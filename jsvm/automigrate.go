package jsvm

import (
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
)

const (
	collectionsTable = "_collections"
	automigrateID    = "jsvm.automigrate"
	// pendingLife is how long a change may take from its first statement to its
	// commit. What is older was rolled back.
	pendingLife = time.Hour
	// followWindow bounds how far ahead of the clock a name is put behind those
	// of changes that were made shortly before.
	followWindow = time.Hour
)

// automigrator writes a migration file for each change of a collection that is
// made through the app. The change and the note that the migration is applied
// are stored by one transaction; the file follows its commit.
type automigrator struct {
	app *core.App
	dir string
	now func() time.Time

	mu sync.Mutex
	// pending holds the files of changes that are not committed yet.
	pending map[*models.Collection]pendingMigration
	// last is the time in the newest name, in seconds.
	last int64
}

type pendingMigration struct {
	file, text string
	began      time.Time
}

// automigrate binds the automigrator to the collections of the app.
func automigrate(app *core.App, dir string) *automigrator {
	a := &automigrator{app: app, dir: dir, now: time.Now, pending: map[*models.Collection]pendingMigration{}}
	last := hook.Info{ID: automigrateID, Source: hook.Source{Kind: hook.System}, Order: lastOrder}
	first := hook.Info{ID: automigrateID, First: true} // other handlers may end the chain
	before := func(h *hook.Hook[*core.ModelEvent], describe func(now, old *models.Collection) (migrationText, error)) {
		h.Bind(hook.Handler[*core.ModelEvent]{Info: last, Func: func(e *core.ModelEvent) error { return a.prepare(e, describe) }})
	}
	before(app.OnModelBeforeCreate(collectionsTable), func(now, _ *models.Collection) (migrationText, error) { return createdMigration(now) })
	before(app.OnModelBeforeUpdate(collectionsTable), updatedMigration)
	before(app.OnModelBeforeDelete(collectionsTable), func(_, old *models.Collection) (migrationText, error) { return deletedMigration(old) })
	for _, h := range []*hook.Hook[*core.ModelEvent]{
		app.OnModelAfterCreate(collectionsTable), app.OnModelAfterUpdate(collectionsTable), app.OnModelAfterDelete(collectionsTable),
	} {
		h.Bind(hook.Handler[*core.ModelEvent]{Info: first, Func: a.finish})
	}
	return a
}

// prepare works out the migration of a change and records it as applied in the
// transaction of the change.
func (a *automigrator) prepare(e *core.ModelEvent, describe func(now, old *models.Collection) (migrationText, error)) error {
	collection, ok := e.Model.(*models.Collection)
	if !ok {
		return nil
	}
	var old *models.Collection
	if !collection.IsNew() {
		stored, err := e.Dao.FindCollectionByNameOrId(collection.Id)
		if err != nil {
			return fmt.Errorf("find the collection as it was: %w", err)
		}
		old = stored
	}
	text, err := describe(collection, old)
	if err != nil {
		return fmt.Errorf("describe the change of collection %s: %w", collection.Name, err)
	}
	if text.up == "" {
		return nil
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	file, err := a.name(e.Dao.DB(), text)
	if err != nil {
		return err
	}
	row := dbx.Params{"file": file, "applied": a.now().UnixMicro()}
	if _, err := e.Dao.DB().Insert("_migrations", row).Execute(); err != nil {
		return fmt.Errorf("record migration %s: %w", file, err)
	}
	maps.DeleteFunc(a.pending, func(_ *models.Collection, p pendingMigration) bool { return a.now().Sub(p.began) > pendingLife })
	a.pending[collection] = pendingMigration{file: file, text: text.render(a.reference()), began: a.now()}
	return nil
}

// finish writes the file of a committed change. The change stands whatever
// happens to the file, so a failure is only logged.
func (a *automigrator) finish(e *core.ModelEvent) error {
	collection, ok := e.Model.(*models.Collection)
	if !ok {
		return nil
	}
	a.mu.Lock()
	p, ok := a.pending[collection]
	delete(a.pending, collection)
	a.mu.Unlock()
	if !ok {
		return nil
	}
	err := os.MkdirAll(a.dir, 0o755)
	if err == nil {
		err = writeAtomically(filepath.Join(a.dir, p.file), []byte(p.text))
	}
	if err == nil {
		return nil
	}
	_, forgetErr := e.Dao.DB().Delete("_migrations", dbx.HashExp{"file": p.file}).Execute()
	a.app.Logger().Error("The migration of a collection change could not be written",
		slog.String("file", p.file), slog.Any("error", errors.Join(err, forgetErr)))
	return nil
}

// reference is the first line of generated files.
func (a *automigrator) reference() string { return typesReference(a.dir, a.app.DataDir()) }

var (
	// generatedName matches the names of generated files.
	generatedName = regexp.MustCompile(`^(\d+)_(created|updated|deleted)_.*\.js$`)
	// unfitForFile is what a collection that was saved unchecked may be called.
	unfitForFile = regexp.MustCompile(`[^\w-]+`)
)

// name returns an unused file name that sorts behind those of earlier changes,
// even if they were made in the same second.
func (a *automigrator) name(db dbx.Builder, text migrationText) (string, error) {
	now := a.now().Unix()
	second := max(now, a.last+1, a.newest(now)+1)
	for {
		file := fmt.Sprintf("%d_%s_%s.js", second, text.action, unfitForFile.ReplaceAllString(text.collection, "_"))
		var taken int
		err := db.Select("count(*)").From("_migrations").Where(dbx.HashExp{"file": file}).Row(&taken)
		if err != nil {
			return "", fmt.Errorf("look for migration %s: %w", file, err)
		}
		if _, err := os.Lstat(filepath.Join(a.dir, file)); taken == 0 && err != nil {
			a.last = second
			return file, nil
		}
		second++
	}
}

// newest returns the latest time in the names of generated files that is not
// before now, or 0. Times far ahead are the business of whoever wrote them.
func (a *automigrator) newest(now int64) (newest int64) {
	entries, err := os.ReadDir(a.dir)
	if err != nil {
		return 0 // there are none yet, or writing will report why
	}
	for _, entry := range entries {
		parts := generatedName.FindStringSubmatch(entry.Name())
		if parts == nil {
			continue
		}
		second, err := strconv.ParseInt(parts[1], 10, 64)
		if err == nil && second >= now && second < now+int64(followWindow/time.Second) {
			newest = max(newest, second)
		}
	}
	return newest
}
