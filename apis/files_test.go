package apis_test

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
)

const fileDocuments = `{"name":"documents","type":"base","listRule":"","viewRule":"","createRule":"","updateRule":"","deleteRule":"","schema":[
	{"name":"title","type":"text"},
	{"name":"file","type":"file","options":{"maxSelect":1,"maxSize":20000000,"thumbs":["50x0","20x30t"]}},
	{"name":"files","type":"file","options":{"maxSelect":5,"maxSize":20000000}},
	{"name":"secret","type":"file","options":{"maxSelect":1,"maxSize":20000000,"protected":true}}
],"indexes":["CREATE UNIQUE INDEX documents_title ON documents (title) WHERE title != ''"]}`

// serveDocuments returns a server with a collection of files, and an admin token.
func serveDocuments(t *testing.T, setup ...func(app *core.App)) (*server, string) {
	t.Helper()
	s := serve(t, setup...)
	token := s.admin("admin@example.com")
	s.collection(token, fileDocuments)
	return s, token
}

// upload creates a document and returns it.
func (s *server) upload(parts ...part) map[string]any {
	s.t.Helper()
	got := s.tryUpload(parts...)
	if got.status != http.StatusOK {
		s.t.Fatalf("upload: %d %s", got.status, got.body)
	}
	return got.json(s.t)
}

func (s *server) tryUpload(parts ...part) answer {
	s.t.Helper()
	body, contentType := multipartBody(s.t, parts...)
	return s.do(call{method: "POST", path: "/api/collections/documents/records", body: body, contentType: contentType})
}

// fileURL returns where a file of a document is served.
func fileURL(record map[string]any, field string) string {
	return fmt.Sprintf("/api/files/documents/%v/%v", record["id"], record[field])
}

// storedFiles returns the names of all files in the storage, without those that
// only describe others.
func (s *server) storedFiles() []string {
	s.t.Helper()
	var names []string
	err := filepath.WalkDir(filepath.Join(s.app.DataDir(), "storage"), func(_ string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasSuffix(entry.Name(), ".attrs") {
			names = append(names, entry.Name())
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func pngImage(t *testing.T, w, h int) string {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

func sizeOf(t *testing.T, got answer) string {
	t.Helper()
	config, _, err := image.DecodeConfig(strings.NewReader(got.body))
	if err != nil {
		t.Fatalf("%d %v: %v", got.status, got.header, err)
	}
	return fmt.Sprintf("%dx%d", config.Width, config.Height)
}

func TestFileDownload(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t)
	record := s.upload(part{name: "file", filename: "My Text.txt", value: "0123456789"})
	path, name := fileURL(record, "file"), record["file"].(string)

	got := s.do(call{method: "GET", path: path})
	for header, want := range map[string]string{
		"Content-Type":            "text/plain; charset=utf-8",
		"Content-Disposition":     "attachment; filename=" + name,
		"Content-Security-Policy": "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; sandbox",
		"Cache-Control":           "max-age=2592000, stale-while-revalidate=86400",
		"Accept-Ranges":           "bytes",
		"Content-Length":          "10",
		"X-Content-Type-Options":  "nosniff",
		"X-Frame-Options":         "",
		"Etag":                    "",
	} {
		if got.header.Get(header) != want {
			t.Errorf("%s: %q, want %q", header, got.header.Get(header), want)
		}
	}
	if got.status != 200 || got.body != "0123456789" || got.header.Get("Last-Modified") == "" {
		t.Errorf("%d %q %v", got.status, got.body, got.header)
	}
	for _, tc := range []struct {
		method, path, header, value string
		status                      int
		body                        string
	}{
		{"HEAD", path, "", "", 200, ""},
		{"GET", path, "Range", "bytes=3-5", 206, "345"},
		{"GET", path, "If-Modified-Since", got.header.Get("Last-Modified"), 304, ""},
		{"GET", strings.Replace(path, "documents", "DOCUMENTS", 1), "", "", 200, "0123456789"},
		{"GET", path + "/", "", "", 200, "0123456789"},
	} {
		header := map[string]string{}
		if tc.header != "" {
			header[tc.header] = tc.value
		}
		again := s.do(call{method: tc.method, path: tc.path, header: header})
		if again.status != tc.status || again.body != tc.body {
			t.Errorf("%+v: %d %q", tc, again.status, again.body)
		}
	}
	for _, missing := range []string{
		"/api/files/none/" + record["id"].(string) + "/" + name,
		"/api/files/documents/none/" + name,
		"/api/files/documents/" + record["id"].(string) + "/none.txt",
		"/api/files/documents/" + record["id"].(string) + "/",
	} {
		got := s.do(call{method: "GET", path: missing})
		if got.status != 404 || got.header.Get("X-Frame-Options") != "SAMEORIGIN" {
			t.Errorf("%s: %d %v", missing, got.status, got.header)
		}
	}
}

func TestFileWithoutBlob(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t)
	record := s.upload(part{name: "file", filename: "a.txt", value: "a"})
	files, err := s.app.NewFilesystem()
	if err != nil {
		t.Fatal(err)
	}
	if failed := files.DeletePrefix(recordFolder(record)); len(failed) > 0 {
		t.Fatal(failed)
	}
	for _, query := range []string{"", "?thumb=100x100"} {
		got := s.do(call{method: "GET", path: fileURL(record, "file") + query})
		if got.status != 404 || !strings.Contains(got.body, "The requested resource wasn't found.") || got.header.Get("X-Frame-Options") != "SAMEORIGIN" || got.header.Get("Content-Disposition") != "" {
			t.Errorf("%s: %d %s %v", query, got.status, got.body, got.header)
		}
	}
}

func recordFolder(record map[string]any) string {
	return fmt.Sprintf("%v/%v/", record["collectionId"], record["id"])
}

func TestFileDispositions(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t)
	record := s.upload(
		part{name: "files", filename: "a.png", value: pngImage(t, 3, 3)},
		part{name: "files", filename: "b.svg", value: `<svg xmlns="http://www.w3.org/2000/svg"></svg>`},
		part{name: "files", filename: "c.css", value: "a { color: red }"},
		part{name: "files", filename: "d.pdf", value: "%PDF-1.4\n"},
	)
	names, _ := record["files"].([]any)
	if len(names) != 4 {
		t.Fatalf("files: %v", names)
	}
	for i, want := range []struct{ contentType, disposition string }{
		{"image/png", "inline"}, {"image/svg+xml", "attachment"}, {"text/css", "attachment"}, {"application/pdf", "inline"},
	} {
		path := fmt.Sprintf("/api/files/documents/%v/%v", record["id"], names[i])
		for query, disposition := range map[string]string{
			"": want.disposition, "?download=0": want.disposition, "?download=1": "attachment", "?download=TRUE": "attachment", "?download=yes": want.disposition,
		} {
			got := s.do(call{method: "GET", path: path + query})
			if got.header.Get("Content-Type") != want.contentType || got.header.Get("Content-Disposition") != fmt.Sprintf("%s; filename=%v", disposition, names[i]) {
				t.Errorf("%v%s: %v", names[i], query, got.header)
			}
		}
	}
}

func TestThumbs(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t)
	record := s.upload(part{name: "file", filename: "a.png", value: pngImage(t, 200, 400)})
	text := s.upload(part{name: "file", filename: "a.png", value: "no image"})
	path, name := fileURL(record, "file"), record["file"].(string)
	for query, want := range map[string]string{
		"?thumb=100x100": "100x100", "?thumb=50x0": "50x100", "?thumb=20x30t": "20x30",
		"": "200x400", "?thumb=": "200x400", "?thumb=30x30": "200x400", "?thumb=0x0": "200x400", "?thumb=../x": "200x400",
	} {
		got := s.do(call{method: "GET", path: path + query})
		if got.status != 200 || sizeOf(t, got) != want {
			t.Errorf("%q: %d %s, want %s", query, got.status, sizeOf(t, got), want)
		}
		served := name
		if want != "200x400" {
			served = strings.TrimPrefix(query, "?thumb=") + "_" + name
		}
		if got.header.Get("Content-Disposition") != "inline; filename="+served || got.header.Get("Content-Type") != "image/png" {
			t.Errorf("%q: %v", query, got.header)
		}
	}
	got := s.do(call{method: "GET", path: fileURL(text, "file") + "?thumb=100x100"})
	if got.status != 200 || got.body != "no image" {
		t.Errorf("a thumb of text: %d %q", got.status, got.body)
	}
	want := []string{"100x100_" + name, "20x30t_" + name, "50x0_" + name, name, text["file"].(string)}
	slices.Sort(want)
	if files := s.storedFiles(); !slices.Equal(files, want) {
		t.Errorf("stored: %q, want %q", files, want)
	}
	if got := s.do(call{method: "PATCH", path: fmt.Sprintf("/api/collections/documents/records/%v", record["id"]), body: `{"file":""}`}); got.status != 200 {
		t.Fatal(got)
	}
	if files := s.storedFiles(); !slices.Equal(files, []string{text["file"].(string)}) {
		t.Errorf("after the removal: %q", files)
	}
}

func TestThumbUnderConcurrency(t *testing.T) {
	t.Parallel()
	s, _ := serveDocuments(t)
	path := fileURL(s.upload(part{name: "file", filename: "a.png", value: pngImage(t, 900, 900)}), "file")
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			res, err := http.Get(s.url + path + "?thumb=100x100")
			if err != nil {
				t.Error(err)
				return
			}
			defer func() { _ = res.Body.Close() }()
			if config, err := png.DecodeConfig(res.Body); err != nil || config.Width != 100 {
				t.Errorf("%d: %+v, %v", res.StatusCode, config, err)
			}
		})
	}
	wg.Wait()
}

func TestFileTokens(t *testing.T) {
	t.Parallel()
	s, admin := serveDocuments(t)
	_, user := s.user("owner", nil)
	s.expect([]expectation{
		{name: "guest", call: call{method: "POST", path: "/api/files/token"}, status: 400, contains: []string{"Failed to generate file token."}},
		{name: "bad token", call: call{method: "POST", path: "/api/files/token", token: "x.y.z"}, status: 400},
		{name: "admin", call: call{method: "POST", path: "/api/files/token", token: admin}, status: 200, contains: []string{`{"token":"ey`}},
		{name: "user", call: call{method: "POST", path: "/api/files/token", token: user}, status: 200, contains: []string{`{"token":"ey`}},
	})
}

func (s *server) fileToken(authToken string) string {
	s.t.Helper()
	token, ok := s.do(call{method: "POST", path: "/api/files/token", token: authToken}).json(s.t)["token"].(string)
	if !ok {
		s.t.Fatal("no file token")
	}
	return token
}

func TestProtectedFiles(t *testing.T) {
	t.Parallel()
	s, admin := serveDocuments(t)
	_, user := s.user("owner", map[string]any{"verified": true})
	_, other := s.user("other", nil)
	record := s.upload(part{name: "secret", filename: "a.png", value: pngImage(t, 200, 200)})
	path := fileURL(record, "secret")
	adminFile, userFile, otherFile := s.fileToken(admin), s.fileToken(user), s.fileToken(other)

	const forbidden = "Insufficient permissions to access the file resource."
	for _, rule := range []struct {
		text                        string
		guest, user, other, admin   int
		userByHeader, userByAuthJWT int
	}{
		{`""`, 200, 200, 200, 200, 200, 200},
		{`null`, 403, 403, 403, 200, 403, 403},
		{`"@request.auth.verified = true"`, 403, 200, 403, 200, 403, 403},
		{`"@request.context = 'protectedFile'"`, 200, 200, 200, 200, 200, 200},
		{`"@request.auth.id != '' && title = ''"`, 403, 200, 200, 200, 403, 403},
	} {
		if got := s.do(call{method: "PATCH", path: "/api/collections/documents", token: admin, body: `{"viewRule":` + rule.text + `}`}); got.status != 200 {
			t.Fatal(got)
		}
		for _, tc := range []struct {
			name, query, header string
			status              int
		}{
			{"guest", "", "", rule.guest},
			{"user", "?token=" + userFile, "", rule.user},
			{"other", "?token=" + otherFile, "", rule.other},
			{"other's token, user's header", "?token=" + otherFile, user, rule.other},
			{"admin", "?token=" + adminFile, "", rule.admin},
			{"header only", "", user, rule.userByHeader},
			{"admin header only", "", admin, rule.userByHeader},
			{"auth token", "?token=" + user, "", rule.userByAuthJWT},
			{"admin auth token", "?token=" + admin, "", rule.userByAuthJWT},
			{"thumb", "?thumb=100x100&token=" + userFile, "", rule.user},
			{"nonsense", "?token=a.b.c", "", rule.guest},
		} {
			got := s.do(call{method: "GET", path: path + tc.query, token: tc.header})
			if got.status != tc.status || tc.status == 403 && (!strings.Contains(got.body, forbidden) || got.header.Get("X-Frame-Options") != "SAMEORIGIN") {
				t.Errorf("rule %s, %s: %d, want %d (%s)", rule.text, tc.name, got.status, tc.status, got.body)
			}
		}
	}
}

func TestViewFiles(t *testing.T) {
	t.Parallel()
	s, admin := serveDocuments(t)
	s.collection(admin, `{"name":"shown","type":"view","viewRule":"","options":{"query":"SELECT id, file AS picture, secret FROM documents"}}`)
	s.collection(admin, `{"name":"nested","type":"view","viewRule":"@request.auth.id != ''","options":{"query":"SELECT s.id AS id, s.picture AS inner, s.secret FROM shown s"}}`)
	record := s.upload(part{name: "file", filename: "a.png", value: pngImage(t, 200, 200)}, part{name: "secret", filename: "b.txt", value: "b"})
	_, user := s.user("owner", nil)
	path := func(collection, field string) string {
		return fmt.Sprintf("/api/files/%s/%v/%v", collection, record["id"], record[field])
	}
	s.expect([]expectation{
		{call: call{path: path("shown", "file")}, status: 200},
		{call: call{path: path("nested", "file") + "?thumb=100x100"}, status: 200},
		{call: call{path: path("shown", "secret")}, status: 200, contains: []string{"b"}},
		{call: call{path: path("nested", "secret")}, status: 403},
		{call: call{path: path("nested", "secret") + "?token=" + s.fileToken(user)}, status: 200, contains: []string{"b"}},
		{call: call{path: "/api/files/shown/" + record["id"].(string) + "/none.png"}, status: 404},
	})
	if got := s.do(call{method: "GET", path: path("nested", "file") + "?thumb=100x100"}); sizeOf(t, got) != "100x100" {
		t.Errorf("the thumb is %s", sizeOf(t, got))
	}
}

func TestFileHooks(t *testing.T) {
	t.Parallel()
	var seen []string
	s, admin := serveDocuments(t, func(app *core.App) {
		app.OnFileDownloadRequest("documents").Add(func(e *core.FileDownloadEvent) error {
			seen = append(seen, e.ServedName+" "+e.FileField.Name+" "+e.Collection.Name+" "+e.Record.Id)
			switch e.HttpContext.QueryParam("k") {
			case "name":
				e.ServedName = "nice name.txt"
			case "path":
				e.ServedPath += ".missing"
			case "header":
				e.HttpContext.Response().Header().Set("Cache-Control", "no-store")
			case "own":
				return e.HttpContext.String(http.StatusTeapot, "own")
			case "error":
				return errors.New("refused")
			}
			return nil
		})
		app.OnFileDownloadRequest("users").Add(func(*core.FileDownloadEvent) error { return errors.New("another collection") })
		app.OnFileBeforeTokenRequest().Add(func(e *core.FileTokenEvent) error {
			switch e.HttpContext.QueryParam("k") {
			case "guest":
				e.Model, e.Token = &models.Admin{}, "made up"
			case "none":
				e.Token = ""
			}
			return nil
		})
		app.OnFileAfterTokenRequest("_admins").Add(func(e *core.FileTokenEvent) error {
			e.Token += "!"
			return nil
		})
	})
	record := s.upload(part{name: "file", filename: "a.txt", value: "a"})
	path, id := fileURL(record, "file"), record["id"].(string)
	s.expect([]expectation{
		{call: call{path: path}, status: 200, contains: []string{"a"}},
		{call: call{path: path + "?k=path"}, status: 404},
		{call: call{path: path + "?k=own"}, status: 418, contains: []string{"own"}},
		{call: call{path: path + "?k=error"}, status: 400, lacks: []string{"refused"}},
		{call: call{method: "POST", path: "/api/files/token?k=guest"}, status: 200, contains: []string{`{"token":"made up!"}`}},
		{call: call{method: "POST", path: "/api/files/token?k=none", token: admin}, status: 400},
		{call: call{method: "POST", path: "/api/files/token", token: admin}, status: 200, contains: []string{`!"}`}},
	})
	if want := fmt.Sprintf("%v file documents %s", record["file"], id); seen[0] != want {
		t.Errorf("the hook saw %q, want %q", seen[0], want)
	}
	if got := s.do(call{method: "GET", path: path + "?k=name"}); got.header.Get("Content-Disposition") != "attachment; filename=nice name.txt" {
		t.Errorf("the name of the hook: %v", got.header)
	}
	if got := s.do(call{method: "GET", path: path + "?k=header"}); got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("the header of the hook: %v", got.header)
	}
}
