package apis_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/internal/s3test"
)

// TestFailedWritesLeaveNoOrphans: wherever a write ends, the storage holds what
// the records name and nothing else.
func TestFailedWritesLeaveNoOrphans(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t, func(app *core.App) {
		app.OnModelBeforeCreate("documents").Add(func(e *core.ModelEvent) error {
			if e.Model.(*models.Record).GetString("title") == "panic" {
				panic("before the row")
			}
			return nil
		})
		app.OnModelAfterCreate("documents").Add(func(e *core.ModelEvent) error {
			switch e.Model.(*models.Record).GetString("title") {
			case "after":
				return errors.New("after the row")
			case "after panic":
				panic("after the row")
			}
			return nil
		})
		app.OnRecordBeforeCreateRequest("documents").Add(func(e *core.RecordCreateEvent) error {
			if e.Record.GetString("title") == "late" {
				e.Record.Set("title", "taken") // only the database refuses it
			}
			return nil
		})
		app.OnRecordAfterCreateRequest("documents").Add(func(e *core.RecordCreateEvent) error {
			if e.Record.GetString("title") == "after request" {
				return errors.New("before the answer")
			}
			return nil
		})
	})
	s.upload(part{name: "title", value: "taken"})
	for title, wantFiles := range map[string]int{"panic": 0, "late": 0, "after": 1, "after panic": 1, "after request": 1} {
		before := len(s.storedFiles())
		got := s.tryUpload(part{name: "title", value: title}, part{name: "file", filename: "a.txt", value: "a"})
		if got.status != 400 {
			t.Errorf("%s: %d %s", title, got.status, got.body)
		}
		if files := len(s.storedFiles()) - before; files != wantFiles {
			t.Errorf("%s left %d files, want %d", title, files, wantFiles)
		}
		_, err := s.app.Dao().FindFirstRecordByData("documents", "title", title)
		if stored := err == nil; stored != (wantFiles == 1) {
			t.Errorf("%s: the row is stored: %v", title, stored)
		}
	}
	folders, err := os.ReadDir(filepath.Join(s.app.DataDir(), "storage"))
	if err != nil || len(folders) != 1 {
		t.Fatalf("folders: %v, %v", folders, err)
	}
	records, err := os.ReadDir(filepath.Join(s.app.DataDir(), "storage", folders[0].Name()))
	if err != nil || len(records) != 3 {
		t.Errorf("folders of records: %v, %v", records, err)
	}
}

// TestFilesFollowTheTransactionOfTheCaller: a form may be submitted as part of a
// larger transaction, whose end decides.
func TestFilesFollowTheTransactionOfTheCaller(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t)
	record := s.upload(part{name: "title", value: "one"}, part{name: "file", filename: "old.txt", value: "old"})
	oldFile := record["file"].(string)
	replace := func(fail bool) string {
		t.Helper()
		stored, err := s.app.Dao().FindRecordById("documents", record["id"].(string))
		if err != nil {
			t.Fatal(err)
		}
		file, err := filesystem.NewFileFromBytes([]byte("new"), "new.txt")
		if err != nil {
			t.Fatal(err)
		}
		err = s.app.Dao().RunInTransaction(func(tx *daos.Dao) error {
			form := forms.NewRecordUpsert(s.app, stored)
			form.SetDao(tx)
			if err := form.AddFiles("file", file); err != nil {
				return err
			}
			if err := form.Submit(); err != nil {
				return err
			}
			if files := s.storedFiles(); !slices.Contains(files, file.Name) || !slices.Contains(files, oldFile) {
				t.Errorf("before the end: %v", files)
			}
			if fail {
				return errors.New("rolled back")
			}
			return nil
		})
		if (err != nil) != fail {
			t.Fatal(err)
		}
		return file.Name
	}
	replace(true)
	if files := s.storedFiles(); !slices.Equal(files, []string{oldFile}) {
		t.Errorf("after the rollback: %v", files)
	}
	newFile := replace(false)
	if files := s.storedFiles(); !slices.Equal(files, []string{newFile}) {
		t.Errorf("after the commit: %v", files)
	}
}

func s3Settings(config filesystem.S3Config) settings.S3Config {
	return settings.S3Config{
		Enabled: true, Bucket: config.Bucket, Region: config.Region, Endpoint: config.Endpoint,
		AccessKey: config.AccessKey, Secret: config.Secret, ForcePathStyle: config.ForcePathStyle,
	}
}

func TestFilesInS3(t *testing.T) {
	t.Parallel()
	bucket := s3test.Start(t)
	config := bucket.Bucket(t, "files")
	s, _ := serveDocuments(t, func(app *core.App) { app.Settings().S3 = s3Settings(config) })
	record := s.upload(
		part{name: "file", filename: "a.png", value: pngImage(t, 200, 100)},
		part{name: "files", filename: "b.txt", value: "0123456789"},
	)
	folder := recordFolder(record)
	image, text := record["file"].(string), record["files"].([]any)[0].(string)

	got := s.do(call{method: "GET", path: fileURL(record, "file") + "?thumb=50x0"})
	if got.status != 200 || sizeOf(t, got) != "50x25" || got.header.Get("Content-Disposition") != "inline; filename=50x0_"+image {
		t.Errorf("thumb: %d %v", got.status, got.header)
	}
	textURL := "/api/files/documents/" + record["id"].(string) + "/" + text
	got = s.do(call{method: "GET", path: textURL, header: map[string]string{"Range": "bytes=2-4"}})
	if got.status != 206 || got.body != "234" || got.header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("range: %d %q %v", got.status, got.body, got.header)
	}
	got = s.do(call{method: "GET", path: textURL, header: map[string]string{"If-Modified-Since": got.header.Get("Last-Modified")}})
	if got.status != 304 {
		t.Errorf("conditional: %d", got.status)
	}
	s.expect([]expectation{
		{call: call{method: "HEAD", path: textURL}, status: 200},
		{call: call{path: textURL}, status: 200, contains: []string{"0123456789"}},
	})
	objects := bucket.Objects(t, "files")
	for key, want := range map[string]string{
		folder + image: "image/png", folder + text: "text/plain; charset=utf-8",
		folder + "thumbs_" + image + "/50x0_" + image: "image/png",
	} {
		if objects[key] != want {
			t.Errorf("object %s: %q, want %q", key, objects[key], want)
		}
	}
	if len(objects) != 3 {
		t.Errorf("objects: %v", objects)
	}
	if _, err := os.Stat(filepath.Join(s.app.DataDir(), "storage")); err == nil {
		t.Error("there is a local storage as well")
	}

	path := "/api/collections/documents/records/" + record["id"].(string)
	s.expect([]expectation{{call: call{method: "PATCH", path: path, body: `{"file":""}`}, status: 200}})
	if objects := bucket.Objects(t, "files"); len(objects) != 1 {
		t.Errorf("after the removal of one file: %v", objects)
	}
	s.expect([]expectation{{call: call{method: "DELETE", path: path}, status: 204}})
	if err := s.app.ResetBootstrapState(); err != nil { // waits for the background
		t.Fatal(err)
	}
	if objects := bucket.Objects(t, "files"); len(objects) != 0 {
		t.Errorf("after the removal of the record: %v", objects)
	}
}

func TestS3IsTried(t *testing.T) {
	t.Parallel()
	bucket := s3test.Start(t)
	files, backups := bucket.Bucket(t, "files"), bucket.Bucket(t, "backups")
	s := serve(t)
	admin := s.admin("admin@example.com")
	test := func(name string, status int, contains ...string) {
		t.Helper()
		s.expect([]expectation{{
			call:   call{method: "POST", path: "/api/settings/test/s3", token: admin, body: `{"filesystem":"` + name + `"}`},
			status: status, contains: contains,
			lacks: []string{files.Secret},
		}})
	}
	test("", http.StatusBadRequest, "validation_required")
	test("backups", http.StatusBadRequest, `Failed to test the S3 filesystem. Raw error: \nS3 backups filesystem is not enabled.`)

	wrong := files
	wrong.Secret = "wrong-secret"
	s.app.Settings().S3, s.app.Settings().Backups.S3 = s3Settings(wrong), s3Settings(backups)
	test("storage", http.StatusBadRequest, `Failed to test the S3 filesystem. Raw error: \n`)
	test("backups", http.StatusNoContent)
	s.app.Settings().S3 = s3Settings(files)
	test("storage", http.StatusNoContent)
	missing := files
	missing.Bucket = "missing"
	s.app.Settings().S3 = s3Settings(missing)
	test("storage", http.StatusBadRequest, `Raw error: \n`)
	for _, name := range []string{"files", "backups"} {
		if left := bucket.Objects(t, name); len(left) != 0 {
			t.Errorf("left in %s: %v", name, left)
		}
	}
}
