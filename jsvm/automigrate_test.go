package jsvm

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// migrated is an app whose changes are written to a folder.
type migrated struct {
	app *core.App
	dir string
}

func newMigrated(t *testing.T) *migrated {
	t.Helper()
	m := &migrated{app: coretest.New(t), dir: filepath.Join(t.TempDir(), "pb_migrations")}
	automigrate(m.app, m.dir).now = func() time.Time { return time.Unix(1800000000, 0) }
	return m
}

func (m *migrated) files(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(m.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	names := []string{}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func (m *migrated) recorded(t *testing.T) []string {
	t.Helper()
	var files []string
	err := m.app.Dao().DB().Select("file").From("_migrations").Where(dbx.Like("file", ".js").Match(true, false)).OrderBy("file").Column(&files)
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func (m *migrated) text(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(m.dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// change applies fn to the stored collection and saves it.
func (m *migrated) change(t *testing.T, name string, fn func(c *models.Collection)) {
	t.Helper()
	c, err := m.app.Dao().FindCollectionByNameOrId(name)
	if err != nil {
		t.Fatal(err)
	}
	fn(c)
	if err := m.app.Dao().SaveCollection(c); err != nil {
		t.Fatal(err)
	}
}

func textField(name string) *schema.SchemaField {
	return &schema.SchemaField{Name: name, Type: schema.FieldTypeText, Options: &schema.TextOptions{}}
}

// definitions returns what the collections look like, without times.
func definitions(t *testing.T, app *core.App) string {
	t.Helper()
	all := []*models.Collection{}
	if err := app.Dao().CollectionQuery().OrderBy("name").All(&all); err != nil {
		t.Fatal(err)
	}
	text, err := literal(all)
	if err != nil {
		t.Fatal(err)
	}
	return regexp.MustCompile(`"(created|updated)": "[^"]*"`).ReplaceAllString(text, "")
}

// TestAutomigrateRoundTrip makes all kinds of changes and replays their files,
// up, down and up again, on another app.
func TestAutomigrateRoundTrip(t *testing.T) {
	t.Parallel()
	m := newMigrated(t)
	rule := `title != "a" && @request.auth.id != ''`
	posts := &models.Collection{
		Name: "posts", Type: models.CollectionTypeBase, ListRule: &rule,
		Schema: schema.NewSchema(textField("title"), textField("body"), textField("note")),
	}
	posts.Id = "postscollection"
	states := []string{definitions(t, m.app)}
	step := func(do func()) {
		do()
		states = append(states, definitions(t, m.app))
	}
	save := func(c *models.Collection) {
		if err := m.app.Dao().SaveCollection(c); err != nil {
			t.Fatal(err)
		}
	}
	step(func() { save(posts) })
	step(func() {
		save(&models.Collection{Name: "names", Type: models.CollectionTypeView, Options: map[string]any{"query": "SELECT id, username FROM users"}})
	})
	step(func() {
		m.change(t, "posts", func(c *models.Collection) {
			c.Name, c.ListRule, c.ViewRule = "articles", nil, &rule
			c.Indexes = []string{"CREATE INDEX `idx_title` ON `articles` (`title`)"}
			c.Schema.RemoveField(c.Schema.GetFieldByName("note").Id)
			c.Schema.GetFieldByName("title").Required = true
			c.Schema.AddField(textField("extra"))
		})
	})
	step(func() {
		m.change(t, "articles", func(c *models.Collection) {
			fields := slices.Clone(c.Schema.Fields())
			slices.Reverse(fields)
			c.Schema = schema.NewSchema(fields...)
		})
	})
	step(func() {
		m.change(t, "users", func(c *models.Collection) {
			options := c.AuthOptions()
			options.MinPasswordLength = 12
			if err := c.SetOptions(options); err != nil {
				t.Fatal(err)
			}
		})
	})
	step(func() {
		names, err := m.app.Dao().FindCollectionByNameOrId("names")
		if err == nil {
			err = m.app.Dao().DeleteCollection(names)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	files := m.files(t)
	want := []string{
		"1800000000_created_posts.js", "1800000001_created_names.js", "1800000002_updated_posts.js",
		"1800000003_updated_articles.js", "1800000004_updated_users.js", "1800000005_deleted_names.js",
	}
	if !slices.Equal(files, want) || !slices.Equal(m.recorded(t), want) {
		t.Fatalf("files %q\nrecorded %q\nwant %q", files, m.recorded(t), want)
	}
	replayMigrations(t, m.dir, files, states)
}

// replayMigrations applies and reverts the files and compares what there is
// after each with the states before and after the change.
func replayMigrations(t *testing.T, dir string, files, states []string) {
	t.Helper()
	app := coretest.New(t)
	type step struct{ up, down migrationFunc }
	var steps []step
	for _, file := range files {
		up, down, err := loadMigration(app, Config{MigrationsDir: dir, ScriptMemory: 8 << 30}, file)
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step{up, down})
	}
	run := func(fn migrationFunc, label, want string) {
		t.Helper()
		if err := fn(app.DB()); err != nil {
			t.Fatalf("%s: %v", label, err)
		}
		app.Dao().ForgetCollections()
		if got := definitions(t, app); withoutViewFields(got) != withoutViewFields(want) {
			t.Fatalf("%s: collections\n%s", label, firstDifference(want, got))
		}
	}
	for range 2 {
		for i, s := range steps {
			run(s.up, files[i], states[i+1])
		}
		for i, s := range slices.Backward(steps) {
			run(s.down, "down "+files[i], states[i])
		}
	}
}

// withoutViewFields drops the random ids of the fields of views.
func withoutViewFields(text string) string {
	return regexp.MustCompile(`"id": "[a-z0-9]{8}"`).ReplaceAllString(text, "")
}

func TestAutomigrateSkips(t *testing.T) {
	t.Parallel()
	m := newMigrated(t)
	refused := errors.New("refused")
	cases := map[string]func() error{
		"no change": func() error {
			c, err := m.app.Dao().FindCollectionByNameOrId("users")
			if err != nil {
				return err
			}
			return m.app.Dao().SaveCollection(c)
		},
		"rolled back": func() error {
			err := m.app.Dao().RunInTransaction(func(tx *daos.Dao) error {
				if err := tx.SaveCollection(&models.Collection{Name: "gone", Type: models.CollectionTypeBase}); err != nil {
					return err
				}
				return refused
			})
			if !errors.Is(err, refused) {
				return errors.New("committed")
			}
			return nil
		},
		"a record": func() error {
			users, err := m.app.Dao().FindCollectionByNameOrId("users")
			if err != nil {
				return err
			}
			record := models.NewRecord(users)
			record.Set("username", "probe")
			return m.app.Dao().SaveRecord(record)
		},
		"past the app": func() error {
			return daos.NewFromBuilder(m.app.DB()).SaveCollection(&models.Collection{Name: "past", Type: models.CollectionTypeBase})
		},
	}
	for name, do := range cases {
		if err := do(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if files, recorded := m.files(t), m.recorded(t); len(files)+len(recorded) != 0 {
			t.Errorf("%s: files %q, recorded %q", name, files, recorded)
		}
	}
}

func TestAutomigrateImport(t *testing.T) {
	t.Parallel()
	m := newMigrated(t)
	if err := os.MkdirAll(m.dir, 0o750); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"1800000004_created_other.js", "1900000000_created_later.js", "1800000099_mine.js"} {
		if err := os.WriteFile(filepath.Join(m.dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list := []*models.Collection{{Name: "b", Type: models.CollectionTypeBase}, {Name: "a", Type: models.CollectionTypeBase}}
	if err := m.app.Dao().ImportCollections(list, false, nil); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(m.recorded(t), " "); got != "1800000005_created_b.js 1800000006_created_a.js" {
		t.Errorf("recorded %s", got)
	}
	text := m.text(t, "1800000005_created_b.js")
	reference := typesReference(m.dir, m.app.DataDir())
	if !strings.HasPrefix(text, reference+"\nmigrate((db) => {\n  const collection = new Collection({\n    \"id\": ") {
		t.Errorf("text %s", text)
	}
}

// TestAutomigrateSwappedNames replays an import that swaps the names of two collections.
func TestAutomigrateSwappedNames(t *testing.T) {
	t.Parallel()
	m := newMigrated(t)
	named := func(id, name string) *models.Collection {
		c := &models.Collection{Name: name, Type: models.CollectionTypeBase, Schema: schema.NewSchema(textField("title"))}
		c.Schema.Fields()[0].Id = "title"
		c.Id = id + "collection"
		return c
	}
	for _, c := range []*models.Collection{named("first", "one"), named("other", "two")} {
		if err := m.app.Dao().SaveCollection(c); err != nil {
			t.Fatal(err)
		}
	}
	if err := m.app.Dao().ImportCollections([]*models.Collection{named("first", "two"), named("other", "one")}, false, nil); err != nil {
		t.Fatal(err)
	}
	app := coretest.New(t)
	for _, file := range m.files(t) {
		up, _, err := loadMigration(app, Config{MigrationsDir: m.dir, ScriptMemory: 8 << 30}, file)
		if err == nil {
			err = up(app.DB())
		}
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
	}
	app.Dao().ForgetCollections()
	if want, got := definitions(t, m.app), definitions(t, app); got != want {
		t.Errorf("collections\n%s", firstDifference(want, got))
	}
}

func TestAutomigrateWithoutAFolder(t *testing.T) {
	t.Parallel()
	m := newMigrated(t)
	if err := os.WriteFile(m.dir, nil, 0o600); err != nil { // a file is in the way
		t.Fatal(err)
	}
	if err := m.app.Dao().SaveCollection(&models.Collection{Name: "posts", Type: models.CollectionTypeBase}); err != nil {
		t.Fatal(err)
	}
	if recorded := m.recorded(t); len(recorded) != 0 {
		t.Errorf("recorded %q although there is no file", recorded)
	}
}
