package filesystem_test

import (
	"context"
	"encoding/base64"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
)

func newSystem(t *testing.T) (*filesystem.System, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "storage")
	s, err := filesystem.NewLocal(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, dir
}

func mustUpload(t *testing.T, s *filesystem.System, content string, keys ...string) {
	t.Helper()
	for _, key := range keys {
		if err := s.Upload([]byte(content), key); err != nil {
			t.Fatal(err)
		}
	}
}

func TestUploadFileWritesBlobAndSidecar(t *testing.T) {
	t.Parallel()
	s, dir := newSystem(t)
	file, err := filesystem.NewFileFromBytes([]byte("hello"), "My File.tar.gz")
	if err != nil {
		t.Fatal(err)
	}
	key := "c/r/" + file.Name
	if err := s.UploadFile(file, key); err != nil {
		t.Fatal(err)
	}
	sidecar, err := os.ReadFile(filepath.Join(dir, "c", "r", file.Name+".attrs"))
	if err != nil {
		t.Fatal(err)
	}
	want := `{"user.cache_control":"","user.content_disposition":"","user.content_encoding":"",` +
		`"user.content_language":"","user.content_type":"text/plain; charset=utf-8",` +
		`"user.metadata":{"original-filename":"My File.tar.gz"},"md5":"XUFAKrxLKna5cZ2REBfFkg=="}` + "\n"
	if string(sidecar) != want {
		t.Fatalf("sidecar\n%s\nwant\n%s", sidecar, want)
	}
	attrs, err := s.Attributes(key)
	if err != nil {
		t.Fatal(err)
	}
	if attrs.Size != 5 || attrs.OriginalName() != "My File.tar.gz" || base64.StdEncoding.EncodeToString(attrs.MD5) != "XUFAKrxLKna5cZ2REBfFkg==" {
		t.Fatalf("attributes %+v", attrs)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "c", "r"))
	if err != nil || len(entries) != 2 {
		t.Fatalf("expected the blob and its sidecar only, got %v (%v)", entries, err)
	}
}

func TestUploadWithoutMetadata(t *testing.T) {
	t.Parallel()
	s, dir := newSystem(t)
	mustUpload(t, s, "x", "c/plain.bin")
	raw, err := os.ReadFile(filepath.Join(dir, "c", "plain.bin.attrs"))
	if err != nil || !strings.Contains(string(raw), `"user.metadata":null`) {
		t.Fatalf("sidecar %s (%v)", raw, err)
	}
}

func TestBlobWithoutSidecarIsReadable(t *testing.T) {
	t.Parallel()
	s, dir := newSystem(t)
	mustUpload(t, s, "x", "c/a.txt")
	if err := os.Remove(filepath.Join(dir, "c", "a.txt.attrs")); err != nil {
		t.Fatal(err)
	}
	r, err := s.GetFile("c/a.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(r)
	if err != nil || string(content) != "x" || r.ContentType() != "" || r.Size() != 1 {
		t.Fatalf("content %q, type %q, err %v", content, r.ContentType(), err)
	}
	if err := s.Delete("c/a.txt"); err != nil {
		t.Fatal(err)
	}
}

func TestMissingAndInvalidKeys(t *testing.T) {
	t.Parallel()
	s, dir := newSystem(t)
	mustUpload(t, s, "x", "c/r/a.txt")
	if err := os.WriteFile(filepath.Join(filepath.Dir(dir), "outside"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"c/r/missing", "c/r", "nothing"} {
		if _, err := s.GetFile(key); !errors.Is(err, filesystem.ErrNotFound) || !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("GetFile(%q): %v", key, err)
		}
		if ok, err := s.Exists(key); ok || err != nil {
			t.Errorf("Exists(%q) = %v, %v", key, ok, err)
		}
		if err := s.Delete(key); !errors.Is(err, filesystem.ErrNotFound) {
			t.Errorf("Delete(%q): %v", key, err)
		}
	}
	for _, key := range []string{"", "..", "../outside", "c/../../outside", "/etc/passwd", "c/r/a.txt.attrs"} {
		if err := s.Upload([]byte("y"), key); err == nil && key != "c/../../outside" && key != "../outside" {
			t.Errorf("Upload(%q) must be refused", key)
		}
		if r, err := s.GetFile(key); err == nil {
			content, _ := io.ReadAll(r)
			_ = r.Close()
			if string(content) == "secret" {
				t.Errorf("GetFile(%q) escaped the storage", key)
			}
		}
	}
	if got, _ := os.ReadFile(filepath.Join(filepath.Dir(dir), "outside")); string(got) != "secret" {
		t.Error("a key wrote outside of the storage")
	}
}

func TestUnsafeKeysRoundTrip(t *testing.T) {
	t.Parallel()
	s, _ := newSystem(t)
	keys := []string{"a//b", "a/b/", "c/\x01ctl", "d/__0xzz__", "e/../f"}
	mustUpload(t, s, "x", keys...)
	objects, err := s.List("")
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]bool{}
	for _, o := range objects {
		got[o.Key] = true
	}
	for _, key := range keys {
		if !got[key] {
			t.Errorf("key %q is not listed; have %v", key, got)
		}
		if ok, err := s.Exists(key); !ok || err != nil {
			t.Errorf("Exists(%q) = %v, %v", key, ok, err)
		}
	}
}

func TestListAndDeletePrefix(t *testing.T) {
	t.Parallel()
	s, dir := newSystem(t)
	mustUpload(t, s, "x", "c1/r1/a.txt", "c1/r1/thumbs_a.txt/1x1_a.txt", "c1/r2/b.txt", "c10/r/c.txt")

	objects, err := s.List("c1/r")
	if err != nil || len(objects) != 3 || objects[0].Key != "c1/r1/a.txt" || objects[0].Size != 1 {
		t.Fatalf("list %v, %v", objects, err)
	}
	if s.IsEmptyDir("c1/r1") || !s.IsEmptyDir("c1/none") {
		t.Fatal("IsEmptyDir is wrong")
	}
	if failed := s.DeletePrefix("c1/r1/"); len(failed) != 0 {
		t.Fatal(failed)
	}
	if _, err := os.Stat(filepath.Join(dir, "c1", "r1")); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("the emptied directory must go, stat: %v", err)
	}
	if failed := s.DeletePrefix("c1/"); len(failed) != 0 {
		t.Fatal(failed)
	}
	if ok, _ := s.Exists("c10/r/c.txt"); !ok {
		t.Fatal("another collection lost its file")
	}
	for _, prefix := range []string{"", "/"} {
		if failed := s.DeletePrefix(prefix); len(failed) == 0 {
			t.Fatalf("DeletePrefix(%q) must be refused", prefix)
		}
	}
	if failed := s.DeletePrefix("unknown/"); len(failed) != 0 {
		t.Fatal(failed)
	}
}

func TestCopy(t *testing.T) {
	t.Parallel()
	s, _ := newSystem(t)
	file, err := filesystem.NewFileFromBytes([]byte("hello"), "a.txt")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.UploadFile(file, "a"), s.Copy("a", "b/c")); err != nil {
		t.Fatal(err)
	}
	attrs, err := s.Attributes("b/c")
	if err != nil || attrs.OriginalName() != "a.txt" || attrs.Size != 5 {
		t.Fatalf("%+v, %v", attrs, err)
	}
	if err := s.Copy("missing", "x"); !errors.Is(err, filesystem.ErrNotFound) {
		t.Fatalf("copy of a missing file: %v", err)
	}
}

func TestCancelledContextStopsUpload(t *testing.T) {
	t.Parallel()
	s, _ := newSystem(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s.SetContext(ctx)
	if err := s.Upload([]byte("x"), "a"); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	s.SetContext(t.Context())
	if ok, _ := s.Exists("a"); ok {
		t.Fatal("a cancelled upload must leave nothing")
	}
}

func TestStoredNames(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ original, want string }{
		{"My File.txt", `my_file_\w{10}\.txt`},
		{"tmpfile-2229403176.txt", `tmpfile_2229403176_\w{10}\.txt`},
		{"300_UhLKX91HVb.png", `300_uh_lkx91_hvb_\w{10}\.png`},
		{"logo_vcfJJG5TAh.svg", `logo_vcf_jjg5_tah_\w{10}\.svg`},
		{"archive.tar.gz", `archive_\w{10}\.tar\.gz`},
		{"ab.TXT", `ab\w{10}_\w{10}\.TXT`},
		{"hostname", `hostname_\w{10}\.txt`},
		{"日本.txt", `\w{10}_\w{10}\.txt`},
		{`C:\dir\up load.txt`, `up_load_\w{10}\.txt`},
		{"../../etc/passwd", `passwd_\w{10}\.txt`},
		{".hidden", `\w{10}_\w{10}\.hidden`},
		{"with space.e x t", `with_space_e_x_t_\w{10}\.txt`},
		{strings.Repeat("a", 150) + ".txt", `a{100}_\w{10}\.txt`},
		{"name." + strings.Repeat("x", 30), `name_\w{10}\.txt`},
	} {
		file, err := filesystem.NewFileFromBytes([]byte("text"), tc.original)
		if err != nil {
			t.Fatal(err)
		}
		if !regexp.MustCompile("^" + tc.want + "$").MatchString(file.Name) {
			t.Errorf("%q is stored as %q, want %s", tc.original, file.Name, tc.want)
		}
		if file.OriginalName != tc.original {
			t.Errorf("original name %q, want %q", file.OriginalName, tc.original)
		}
	}
}

func TestFileErrors(t *testing.T) {
	t.Parallel()
	if _, err := filesystem.NewFileFromBytes(nil, "a.txt"); err == nil || err.Error() != "cannot create an empty file" {
		t.Errorf("empty file: %v", err)
	}
	if _, err := filesystem.NewFileFromPath("/no/such/file"); err == nil || err.Error() != "stat /no/such/file: no such file or directory" {
		t.Errorf("missing path: %v", err)
	}
	if _, err := filesystem.NewFileFromPath(t.TempDir()); err == nil {
		t.Error("a directory is not a file")
	}
	if _, err := filesystem.NewFileFromMultipart(nil); err == nil {
		t.Error("nil multipart header")
	}
}

func TestNewFileFromURL(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/dir/remote.txt" {
			http.NotFound(w, r)
			return
		}
		_, _ = io.WriteString(w, "remote!")
	}))
	t.Cleanup(server.Close)

	file, err := filesystem.NewFileFromURL(t.Context(), server.URL+"/dir/remote.txt?x=1")
	if err != nil || file.OriginalName != "remote.txt" || file.Size != 7 {
		t.Fatalf("%+v, %v", file, err)
	}
	_, err = filesystem.NewFileFromURL(t.Context(), server.URL+"/none")
	if want := "failed to download url " + server.URL + "/none (404)"; err == nil || err.Error() != want {
		t.Fatalf("got %v, want %s", err, want)
	}
}

func TestServe(t *testing.T) {
	t.Parallel()
	s, _ := newSystem(t)
	mustUpload(t, s, "<html><script>1</script></html>", "page.html")
	mustUpload(t, s, "\x89PNG\r\n\x1a\n0000", "pic.png")
	mustUpload(t, s, "a{}", "style.css")

	for _, tc := range []struct {
		key, query, rangeHeader       string
		status                        int
		contentType, disposition, csp string
	}{
		{key: "page.html", status: 200, contentType: "text/html; charset=utf-8", disposition: "attachment; filename=n.html"},
		{key: "pic.png", status: 200, contentType: "image/png", disposition: "inline; filename=n.png"},
		{key: "pic.png", query: "?download=1", status: 200, contentType: "image/png", disposition: "attachment; filename=n.png"},
		{key: "style.css", status: 200, contentType: "text/css", disposition: "attachment; filename=n.css"},
		{key: "pic.png", rangeHeader: "bytes=0-3", status: 206, contentType: "image/png", disposition: "inline; filename=n.png"},
	} {
		req := httptest.NewRequest(http.MethodGet, "/"+tc.query, nil)
		if tc.rangeHeader != "" {
			req.Header.Set("Range", tc.rangeHeader)
		}
		res := httptest.NewRecorder()
		if err := s.Serve(res, req, tc.key, "n"+filepath.Ext(tc.key)); err != nil {
			t.Fatal(err)
		}
		h := res.Header()
		if res.Code != tc.status || h.Get("Content-Type") != tc.contentType || h.Get("Content-Disposition") != tc.disposition {
			t.Errorf("%s%s: %d %v", tc.key, tc.query, res.Code, h)
		}
		if !strings.Contains(h.Get("Content-Security-Policy"), "sandbox") || h.Get("Cache-Control") == "" || h.Get("Etag") != "" {
			t.Errorf("%s: headers %v", tc.key, h)
		}
	}

	res := httptest.NewRecorder()
	res.Header().Set("Cache-Control", "no-store")
	if err := s.Serve(res, httptest.NewRequest(http.MethodGet, "/", nil), "pic.png", "n.png"); err != nil {
		t.Fatal(err)
	}
	if res.Header().Get("Cache-Control") != "no-store" {
		t.Error("a header set before must be kept")
	}
	err := s.Serve(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil), "none", "n")
	if !errors.Is(err, filesystem.ErrNotFound) {
		t.Errorf("missing file: %v", err)
	}
}
