package forms_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/spf13/cast"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// articles stores a collection with a unique title, a number and files.
func articles(t *testing.T, app *core.App) *models.Collection {
	t.Helper()
	collection := &models.Collection{Name: "articles", Type: models.CollectionTypeBase}
	collection.Schema = schema.NewSchema(
		&schema.SchemaField{Name: "title", Type: schema.FieldTypeText, Required: true},
		&schema.SchemaField{Name: "count", Type: schema.FieldTypeNumber},
		&schema.SchemaField{Name: "files", Type: schema.FieldTypeFile, Options: &schema.FileOptions{MaxSelect: 5, MaxSize: 100}},
		&schema.SchemaField{Name: "cover", Type: schema.FieldTypeFile, Options: &schema.FileOptions{MaxSelect: 1, MaxSize: 100}},
	)
	collection.Indexes = []string{"CREATE UNIQUE INDEX `t` ON `articles` (`title`)"}
	if err := app.Dao().SaveCollection(collection); err != nil {
		t.Fatal(err)
	}
	return collection
}

func file(t *testing.T, name string) *filesystem.File {
	t.Helper()
	f, err := filesystem.NewFileFromBytes([]byte("content"), name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func storedFiles(t *testing.T, app *core.App, record *models.Record) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(app.DataDir(), "storage", record.BaseFilesPath()))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	var names []string
	for _, entry := range entries {
		if !strings.HasSuffix(entry.Name(), ".attrs") {
			names = append(names, entry.Name())
		}
	}
	return names
}

func TestInterceptorsWrapTheSave(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	record := models.NewRecord(articles(t, app))
	form := forms.NewRecordUpsert(app, record)
	if err := form.LoadData(map[string]any{"title": "a", "count+": 2, "none": 1}); err != nil {
		t.Fatal(err)
	}
	var trail []string
	note := func(name string) forms.InterceptorFunc[*models.Record] {
		return func(next forms.InterceptorNextFunc[*models.Record]) forms.InterceptorNextFunc[*models.Record] {
			return func(r *models.Record) error {
				trail = append(trail, name)
				r.Set("title", r.GetString("title")+name)
				return next(r)
			}
		}
	}
	if err := form.Submit(note("1"), note("2")); err != nil {
		t.Fatal(err)
	}
	stored, err := app.Dao().FindRecordById("articles", record.Id)
	if err != nil || stored.GetString("title") != "a12" || stored.GetFloat("count") != 2 || !slices.Equal(trail, []string{"1", "2"}) {
		t.Errorf("stored %v, %v after %v", stored, err, trail)
	}

	refused := errors.New("refused")
	form = forms.NewRecordUpsert(app, stored)
	err = form.Submit(func(forms.InterceptorNextFunc[*models.Record]) forms.InterceptorNextFunc[*models.Record] {
		return func(*models.Record) error { return refused }
	})
	if !errors.Is(err, refused) {
		t.Errorf("interceptor error: %v", err)
	}
}

func TestSetDaoJoinsATransaction(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	record := models.NewRecord(articles(t, app))
	undo := errors.New("undo")
	err := app.Dao().RunInTransaction(func(txDao *daos.Dao) error {
		form := forms.NewRecordUpsert(app, record)
		form.SetDao(txDao)
		if err := errors.Join(form.LoadData(map[string]any{"title": "a"}), form.AddFiles("cover", file(t, "a.txt"))); err != nil {
			return err
		}
		if err := form.Submit(); err != nil {
			return err
		}
		return undo
	})
	if !errors.Is(err, undo) {
		t.Fatal(err)
	}
	if _, err := app.Dao().FindRecordById("articles", record.Id); err == nil {
		t.Error("the record outlived the rollback")
	}
}

func TestFilesOfARecord(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	record := models.NewRecord(articles(t, app))
	form := forms.NewRecordUpsert(app, record)
	steps := []error{
		form.LoadData(map[string]any{"title": "a"}),
		form.AddFiles("files", file(t, "a.txt"), file(t, "b.txt")),
		form.AddFiles("files", file(t, "c.txt")),
		form.AddFiles("cover", file(t, "first.txt"), file(t, "second.txt")),
		form.RemoveFiles("files", form.FilesToUpload()["files"][0].Name),
	}
	if err := errors.Join(steps...); err != nil {
		t.Fatal(err)
	}
	if form.AddFiles("title", file(t, "z.txt")) == nil || form.RemoveFiles("none") == nil {
		t.Error("only file fields take files")
	}
	if err := form.Submit(); err != nil {
		t.Fatal(err)
	}
	if got := storedFiles(t, app, record); len(got) != 3 || len(record.GetStringSlice("files")) != 2 || !strings.HasPrefix(record.GetString("cover"), "second_") {
		t.Errorf("stored %v, record %v %v", got, record.Get("files"), record.Get("cover"))
	}

	form = forms.NewRecordUpsert(app, record)
	if err := errors.Join(form.AddFiles("cover", file(t, "z.txt")), form.RemoveFiles("files")); err != nil {
		t.Fatal(err)
	}
	if len(form.FilesToDelete()) != 3 {
		t.Errorf("to delete: %v", form.FilesToDelete())
	}
	if err := form.Submit(); err != nil {
		t.Fatal(err)
	}
	if got := storedFiles(t, app, record); !slices.Equal(got, []string{record.GetString("cover")}) {
		t.Errorf("stored %v, cover %v", got, record.Get("cover"))
	}
}

func TestAfterHookErrorKeepsRowAndFiles(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	record := models.NewRecord(articles(t, app))
	late := errors.New("late")
	app.OnModelAfterCreate("articles").Add(func(*core.ModelEvent) error { return late })
	form := forms.NewRecordUpsert(app, record)
	if err := errors.Join(form.LoadData(map[string]any{"title": "a"}), form.AddFiles("cover", file(t, "a.txt"))); err != nil {
		t.Fatal(err)
	}
	if err := form.Submit(); !errors.Is(err, late) {
		t.Fatalf("submit: %v", err)
	}
	if _, err := app.Dao().FindRecordById("articles", record.Id); err != nil {
		t.Errorf("the row is stored: %v", err)
	}
	if got := storedFiles(t, app, record); len(got) != 1 {
		t.Errorf("the file of a stored row is needed: %v", got)
	}
}

func TestDrySubmitLeavesNothing(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	record := models.NewRecord(articles(t, app))
	fired := false
	app.OnModelBeforeCreate().Add(func(*core.ModelEvent) error { fired = true; return nil })
	form := forms.NewRecordUpsert(app, record)
	if err := errors.Join(form.LoadData(map[string]any{"title": "a", "id": "abcdefghijklmno"}), form.AddFiles("cover", file(t, "a.txt"))); err != nil {
		t.Fatal(err)
	}
	seen := false
	err := form.DrySubmit(func(txDao *daos.Dao) error {
		_, err := txDao.FindRecordById("articles", "abcdefghijklmno")
		seen = err == nil
		return err
	})
	if err != nil || !seen || fired || !record.IsNew() {
		t.Errorf("dry run: %v, seen %v, fired %v, new %v", err, seen, fired, record.IsNew())
	}
	if _, err := app.Dao().FindRecordById("articles", "abcdefghijklmno"); err == nil {
		t.Error("the row of a dry run is stored")
	}
	if got := storedFiles(t, app, record); len(got) != 0 {
		t.Errorf("files of a dry run: %v", got)
	}
	if err := form.Submit(); err != nil { // the form is still good
		t.Fatal(err)
	}
	second := forms.NewRecordUpsert(app, models.NewRecord(record.Collection()))
	if err := second.LoadData(map[string]any{"title": "a"}); err != nil {
		t.Fatal(err)
	}
	fields, ok := errors.AsType[validation.Errors](second.DrySubmit(nil))
	if !ok || fields["title"] == nil {
		t.Errorf("unique violation of a dry run: %v", fields)
	}
}

func TestLoadRequestWithPrefix(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	collection := articles(t, app)
	for name, tc := range map[string]struct{ contentType, body, title string }{
		"json":      {"application/json", `{"a":{"b":{"title":"x"}},"title":"outer"}`, "x"},
		"none":      {"application/json", `{"title":"outer"}`, ""},
		"multipart": {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a.b.title\"\r\n\r\nx\r\n--x--", "x"},
	} {
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(tc.body))
		r.Header.Set("Content-Type", tc.contentType)
		form := forms.NewRecordUpsert(app, models.NewRecord(collection))
		if err := form.LoadRequest(r, "a.b"); err != nil || cast.ToString(form.Data()["title"]) != tc.title {
			t.Errorf("%s: %v, %v", name, form.Data(), err)
		}
	}
}

func TestRequiredValues(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	form := forms.NewRecordUpsert(app, models.NewRecord(articles(t, app)))
	fields, ok := errors.AsType[validation.Errors](form.Submit())
	if !ok || len(fields) != 1 || fields["title"].Error() != "Missing required value" {
		t.Errorf("errors: %v", fields)
	}
	if err := forms.NewRecordUpsert(app, &models.Record{}).Validate(); err == nil {
		t.Error("a record without collection is invalid")
	}
}
