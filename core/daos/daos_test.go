package daos_test

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db"
	_ "github.com/tackleboxdev/tacklebox/core/db/sqlite"
	"github.com/tackleboxdev/tacklebox/core/migrate"
	"github.com/tackleboxdev/tacklebox/core/migrations"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// template is a fresh data.db with the system tables and the users collection.
var template = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "daos")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "data.db")
	d, err := db.Open(context.Background(), path, db.Options{})
	if err != nil {
		return nil, err
	}
	r, err := migrate.NewRunner(d, migrations.App())
	if err == nil {
		_, err = r.Up()
	}
	if err = errors.Join(err, d.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// open returns a dao on a copy of the template.
func open(t testing.TB) *daos.Dao {
	t.Helper()
	content, err := template()
	ok(t, err)
	path := filepath.Join(t.TempDir(), "data.db")
	ok(t, os.WriteFile(path, content, 0o600))
	d, err := db.Open(context.Background(), path, db.Options{})
	ok(t, err)
	t.Cleanup(func() { _ = d.Close() })
	return daos.New(d)
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// field makes a field from its type and the JSON of its options; a "!" after the name makes it
// required. The id is made of the name.
func field(name, kind, options string) *schema.SchemaField {
	required := strings.HasSuffix(name, "!")
	name = strings.TrimSuffix(name, "!")
	f := &schema.SchemaField{Id: "field_" + name, Name: name, Type: kind, Required: required}
	if options != "" {
		if err := json.Unmarshal([]byte(options), &f.Options); err != nil {
			panic(err)
		}
	}
	if err := f.InitOptions(); err != nil {
		panic(err)
	}
	return f
}

// relate makes a relation field; max 0 means any number.
func relate(name, collectionID string, maxSelect int, cascade bool) *schema.SchemaField {
	f := field(name, schema.FieldTypeRelation, "")
	options := &schema.RelationOptions{CollectionId: collectionID, CascadeDelete: cascade}
	if maxSelect > 0 {
		options.MaxSelect = &maxSelect
	}
	f.Options = options
	return f
}

// base stores a base collection whose id is made of its name.
func base(t testing.TB, dao *daos.Dao, name string, fields ...*schema.SchemaField) *models.Collection {
	t.Helper()
	c := &models.Collection{Name: name, Type: models.CollectionTypeBase, Schema: schema.NewSchema(fields...)}
	c.SetId(idOf(name))
	ok(t, dao.SaveCollection(c))
	return c
}

func view(t testing.TB, dao *daos.Dao, name, query string) *models.Collection {
	t.Helper()
	c := newView(name, query)
	ok(t, dao.SaveCollection(c))
	return c
}

func newView(name, query string) *models.Collection {
	c := &models.Collection{Name: name, Type: models.CollectionTypeView}
	c.SetId(idOf(name))
	if err := c.SetOptions(models.CollectionViewOptions{Query: query}); err != nil {
		panic(err)
	}
	return c
}

func idOf(name string) string { return (name + strings.Repeat("0", 15))[:15] }

// record stores a record with the id made of key.
func record(t testing.TB, dao *daos.Dao, collection, key string, data map[string]any) *models.Record {
	t.Helper()
	c, err := dao.FindCollectionByNameOrId(collection)
	ok(t, err)
	r := models.NewRecord(c)
	r.Load(data)
	r.SetId(idOf(key))
	ok(t, dao.SaveRecord(r))
	return r
}

// user stores an account.
func user(t *testing.T, dao *daos.Dao, name string, verified bool) *models.Record {
	t.Helper()
	return record(t, dao, "users", name, map[string]any{
		"username": name, "email": name + "@example.com", "verified": verified, "tokenKey": name + "-key",
	})
}

func find(t testing.TB, dao *daos.Dao, collection, key string) *models.Record {
	t.Helper()
	r, err := dao.FindRecordById(collection, idOf(key))
	ok(t, err)
	return r
}

// titles joins the titles of records.
func titles(records []*models.Record) string {
	names := make([]string, len(records))
	for i, r := range records {
		names[i] = r.GetString("title")
	}
	return strings.Join(names, ",")
}

func toJSON(t *testing.T, v any) string {
	t.Helper()
	raw, err := json.Marshal(v)
	ok(t, err)
	return string(raw)
}

// recorder notes which callbacks of a dao run.
type recorder struct{ lines []string }

func (r *recorder) String() string { return strings.Join(r.lines, "; ") }

func (r *recorder) reset() { r.lines = nil }

// attach returns a copy of the dao whose callbacks are noted.
func (r *recorder) attach(dao *daos.Dao) *daos.Dao {
	c := dao.Clone()
	before := func(name string) daos.BeforeFunc {
		return func(_ *daos.Dao, m models.Model, action func() error) error {
			r.note(name, m)
			return action()
		}
	}
	after := func(name string) daos.AfterFunc {
		return func(_ *daos.Dao, m models.Model) error {
			r.note(name, m)
			return nil
		}
	}
	c.BeforeCreateFunc, c.AfterCreateFunc = before("+create"), after("-create")
	c.BeforeUpdateFunc, c.AfterUpdateFunc = before("+update"), after("-update")
	c.BeforeDeleteFunc, c.AfterDeleteFunc = before("+delete"), after("-delete")
	return c
}

func (r *recorder) note(event string, m models.Model) {
	name := m.TableName()
	if rec, isRecord := m.(*models.Record); isRecord {
		name += "/" + strings.TrimRight(rec.Id, "0")
	}
	r.lines = append(r.lines, event+" "+name)
}
