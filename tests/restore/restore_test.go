// Package restore backs up and restores the data folder of the whole app, under
// load and with the process killed in the middle.
package restore

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "modernc.org/sqlite" // the driver for the integrity check

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

const collection = "/api/collections/things/records"

func createThings(t *testing.T, server *apptest.Server, token string) {
	t.Helper()
	server.Must(http.MethodPost, "/api/collections", token, map[string]any{
		"name": "things", "type": "base", "listRule": "", "createRule": "", "viewRule": "", "updateRule": "",
		"schema": []map[string]any{
			{"name": "title", "type": "text"},
			{"name": "doc", "type": "file", "options": map[string]any{"maxSelect": 1, "maxSize": 10000}},
		},
	})
}

// TestRestoreUnderWriters makes a backup while 16 clients write, restores it
// while they go on, and looks for every write acknowledged before it.
func TestRestoreUnderWriters(t *testing.T) {
	t.Parallel()
	folder := apptest.NewFolder(t)
	addr := freeAddr(t)
	server := folder.Serve(t, "--http="+addr)
	server.URL = "http://" + addr
	token := server.Admin()
	createThings(t, server, token)

	w := startWriters(server, 16)
	w.waitFor(t, 200)
	before := w.acknowledged()
	server.Must(http.MethodPost, "/api/backups", token, map[string]any{"name": "load.zip"})
	w.waitFor(t, len(before)+200)
	server.Must(http.MethodPost, collection, "", map[string]any{"id": "afterthebackup1"})
	server.Must(http.MethodPost, "/api/backups/load.zip/restore", token, nil)

	apptest.Eventually(t, func() error {
		answer, err := server.Do(http.MethodGet, collection+"/afterthebackup1", "", nil)
		if err == nil && answer.Status != http.StatusNotFound {
			err = fmt.Errorf("not restored yet: %d", answer.Status)
		}
		return err
	})
	w.stop()
	for _, id := range before {
		answer, err := server.Do(http.MethodGet, collection+"/"+id, "", nil)
		if err != nil || answer.Status != http.StatusOK {
			t.Errorf("%s was acknowledged before the backup: %d %v", id, answer.Status, err)
		}
	}
	health := server.Must(http.MethodGet, "/api/health", "", nil)
	if !bytes.Contains([]byte(health.Body), []byte(`"canBackup":true`)) {
		t.Errorf("health %s", health.Body)
	}
	if code := server.Stop(); code != 0 {
		t.Errorf("exit code %d\n%s", code, server.Output())
	}
	checkIntegrity(t, folder.Path("pb_data", "data.db"))
}

func freeAddr(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// writers create records until they are stopped, whatever is answered.
type writers struct {
	ended chan struct{}
	wg    sync.WaitGroup

	mu  sync.Mutex
	ids []string
}

func startWriters(server *apptest.Server, n int) *writers {
	w := &writers{ended: make(chan struct{})}
	for i := range n {
		w.wg.Go(func() {
			for round := 0; ; round++ {
				select {
				case <-w.ended:
					return
				default:
				}
				id := fmt.Sprintf("w%02dn%011d", i, round)
				answer, err := server.Do(http.MethodPost, collection, "", map[string]any{"id": id, "title": "x"})
				if err == nil && answer.Status == http.StatusOK {
					w.mu.Lock()
					w.ids = append(w.ids, id)
					w.mu.Unlock()
				}
			}
		})
	}
	return w
}

func (w *writers) acknowledged() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Clone(w.ids)
}

func (w *writers) waitFor(t *testing.T, n int) {
	t.Helper()
	apptest.Eventually(t, func() error {
		if have := len(w.acknowledged()); have < n {
			return fmt.Errorf("%d of %d writes", have, n)
		}
		return nil
	})
}

func (w *writers) stop() {
	close(w.ended)
	w.wg.Wait()
}

// TestKilledInRestore kills the app at moments all over a restore. The next
// start must find the old content or the new one, the database and the files.
func TestKilledInRestore(t *testing.T) {
	t.Parallel()
	const rounds = 16
	template := killTemplate(t)
	var restored atomic.Int32
	t.Run("rounds", func(t *testing.T) {
		for round := range rounds {
			t.Run(fmt.Sprint(round), func(t *testing.T) {
				t.Parallel()
				if killedAfter(t, template, 950*time.Millisecond+time.Duration(round)*35*time.Millisecond) == "new" {
					restored.Add(1)
				}
			})
		}
	})
	t.Logf("%d of %d rounds restored", restored.Load(), rounds)
}

const things = 60

// killTemplate returns a folder with things of the kind "old" and a backup in
// which they are of the kind "new".
func killTemplate(t *testing.T) apptest.Folder {
	t.Helper()
	folder := apptest.NewFolder(t)
	server := folder.Serve(t)
	token := server.Admin()
	createThings(t, server, token)
	for i := range things {
		saveThing(t, server, http.MethodPost, collection, fmt.Sprintf("thing%010d", i), "new")
	}
	server.Must(http.MethodPost, "/api/backups", token, map[string]any{"name": "new.zip"})
	for i := range things {
		id := fmt.Sprintf("thing%010d", i)
		saveThing(t, server, http.MethodPatch, collection+"/"+id, id, "old")
	}
	if code := server.Stop(); code != 0 {
		t.Fatalf("exit code %d", code)
	}
	return folder
}

func saveThing(t *testing.T, server *apptest.Server, method, path, id, kind string) {
	t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	err := errors.Join(form.WriteField("id", id), form.WriteField("title", kind))
	part, partErr := form.CreateFormFile("doc", kind+".txt")
	if partErr == nil {
		_, partErr = io.WriteString(part, kind)
	}
	if err = errors.Join(err, partErr, form.Close()); err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, server.URL+path, &body)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", form.FormDataContentType())
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		answer, _ := io.ReadAll(res.Body)
		t.Fatalf("save: %d %s", res.StatusCode, answer)
	}
}

// killedAfter restores the backup of a copy of the template, kills the app
// after that time and returns the kind of content the next start found.
func killedAfter(t *testing.T, template apptest.Folder, after time.Duration) string {
	t.Helper()
	folder := apptest.NewFolder(t)
	if err := os.CopyFS(folder.Path("pb_data"), os.DirFS(template.Path("pb_data"))); err != nil {
		t.Fatal(err)
	}
	server := folder.Serve(t)
	server.Must(http.MethodPost, "/api/backups/new.zip/restore", server.Admin(), nil)
	<-time.NewTimer(after).C
	server.Kill()

	server = folder.Serve(t)
	kind := checkThings(t, server)
	if code := server.Stop(); code != 0 {
		t.Errorf("exit code %d\n%s", code, server.Output())
	}
	checkIntegrity(t, folder.Path("pb_data", "data.db"))
	for _, name := range []string{".pb_restore", ".pb_temp_to_delete"} {
		if _, err := os.Stat(folder.Path("pb_data", name)); err == nil {
			t.Errorf("%s is left", name)
		}
	}
	return kind
}

// checkThings wants all records to be of one kind, and so their files.
func checkThings(t *testing.T, server *apptest.Server) string {
	t.Helper()
	var list struct {
		Items []struct{ ID, Title, Doc string }
	}
	server.Must(http.MethodGet, collection+"?perPage=500", "", nil).JSON(t, &list)
	if len(list.Items) != things {
		t.Fatalf("%d things", len(list.Items))
	}
	kind := list.Items[0].Title
	for _, item := range list.Items {
		if item.Title != kind {
			t.Errorf("%s is %s, not %s", item.ID, item.Title, kind)
		}
		doc := server.Must(http.MethodGet, "/api/files/things/"+item.ID+"/"+item.Doc, "", nil)
		if doc.Body != kind {
			t.Errorf("the file of %s is %q, not %s", item.ID, doc.Body, kind)
		}
	}
	return kind
}

// TestUnusableBackups restores what is no backup: nothing may change.
func TestUnusableBackups(t *testing.T) {
	t.Parallel()
	folder := apptest.NewFolder(t)
	server := folder.Serve(t)
	token := server.Admin()
	createThings(t, server, token)
	server.Must(http.MethodPost, collection, "", map[string]any{"id": "stillhere000001"})
	for i, name := range []string{"empty.zip", "noapp.zip", "garbage.zip", "slip.zip"} {
		folder.Write(t, "pb_data/backups/"+name, unusable(t, name))
		server.Must(http.MethodPost, "/api/backups/"+name+"/restore", token, nil)
		apptest.Eventually(t, func() error { return failures(t, server, token, i+1) })
		server.Must(http.MethodGet, collection+"/stillhere000001", "", nil)
	}
	if _, err := os.Stat(folder.Path("pb_data", ".pb_restore")); err == nil {
		t.Error("a staged content is left")
	}
	if code := server.Stop(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// failures waits for that many logged failures and for the end of the restore.
func failures(t *testing.T, server *apptest.Server, token string, want int) error {
	t.Helper()
	var logs struct{ TotalItems int }
	server.Must(http.MethodGet, "/api/logs?filter=(message='Failed+to+restore+backup')", token, nil).JSON(t, &logs)
	if logs.TotalItems < want {
		return fmt.Errorf("%d failures logged, want %d", logs.TotalItems, want)
	}
	health := server.Must(http.MethodGet, "/api/health", "", nil)
	var state struct{ Data struct{ CanBackup bool } }
	if err := json.Unmarshal([]byte(health.Body), &state); err != nil || !state.Data.CanBackup {
		return fmt.Errorf("still restoring: %s %w", health.Body, err)
	}
	return nil
}

func checkIntegrity(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var result string
	if err := db.QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&result); err != nil || result != "ok" {
		t.Fatalf("integrity_check: %q %v", result, err)
	}
}
