package filesystem_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/filesystem"
	"github.com/tackleboxdev/tacklebox/internal/s3test"
)

// onEveryStorage runs a test on a local directory and on a real S3 bucket.
func onEveryStorage(t *testing.T, test func(t *testing.T, s *filesystem.System)) {
	t.Run("local", func(t *testing.T) {
		t.Parallel()
		s, _ := newSystem(t)
		test(t, s)
	})
	t.Run("s3", func(t *testing.T) {
		t.Parallel()
		s, err := filesystem.NewS3(s3test.Start(t).Bucket(t, "files"))
		if err != nil {
			t.Fatal(err)
		}
		test(t, s)
	})
}

func keysOf(t *testing.T, s *filesystem.System, prefix string) []string {
	t.Helper()
	objects, err := s.List(prefix)
	if err != nil {
		t.Fatal(err)
	}
	keys := make([]string, len(objects))
	for i, object := range objects {
		keys[i] = object.Key
	}
	return keys
}

func readAll(t *testing.T, s *filesystem.System, key string) string {
	t.Helper()
	r, err := s.GetFile(key)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	content, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestStorages(t *testing.T) {
	t.Parallel()
	onEveryStorage(t, func(t *testing.T, s *filesystem.System) {
		t.Run("round trip", func(t *testing.T) { roundTrip(t, s) })
		t.Run("missing files", func(t *testing.T) { missingFiles(t, s) })
		t.Run("listing and removal", func(t *testing.T) { listAndRemove(t, s) })
		t.Run("large upload", func(t *testing.T) { largeUpload(t, s) })
		t.Run("serve", func(t *testing.T) { serveRanges(t, s) })
		t.Run("cancelled", func(t *testing.T) { cancelled(t, s) })
	})
}

func roundTrip(t *testing.T, s *filesystem.System) {
	file, err := filesystem.NewFileFromBytes([]byte("hello"), "Grüße, 世界.txt")
	if err != nil {
		t.Fatal(err)
	}
	before := time.Now().Add(-time.Minute)
	if err := errors.Join(s.UploadFile(file, "c/r/a.txt"), s.Copy("c/r/a.txt", "c/r/b.txt")); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"c/r/a.txt", "c/r/b.txt"} {
		attrs, err := s.Attributes(key)
		if err != nil {
			t.Fatal(err)
		}
		if attrs.Size != 5 || attrs.ContentType != "text/plain; charset=utf-8" || attrs.OriginalName() != "Grüße, 世界.txt" || attrs.ModTime.Before(before) {
			t.Errorf("%s: %+v", key, attrs)
		}
		if got := readAll(t, s, key); got != "hello" {
			t.Errorf("%s holds %q", key, got)
		}
	}
	if err := s.Upload([]byte("changed"), "c/r/a.txt"); err != nil {
		t.Fatal(err)
	}
	if got := readAll(t, s, "c/r/a.txt"); got != "changed" {
		t.Errorf("after the second upload: %q", got)
	}
}

func missingFiles(t *testing.T, s *filesystem.System) {
	if err := s.Upload([]byte("x"), "m/r/a.txt"); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"m/r/none", "m/r", "none", "m/../m/r/a.txt", "../files/m/r/a.txt"} {
		if _, err := s.GetFile(key); !errors.Is(err, filesystem.ErrNotFound) {
			t.Errorf("GetFile(%q): %v", key, err)
		}
		if ok, err := s.Exists(key); ok || err != nil {
			t.Errorf("Exists(%q) = %v, %v", key, ok, err)
		}
		if err := s.Delete(key); !errors.Is(err, filesystem.ErrNotFound) {
			t.Errorf("Delete(%q): %v", key, err)
		}
		if err := s.Copy(key, "m/copy"); !errors.Is(err, filesystem.ErrNotFound) {
			t.Errorf("Copy(%q): %v", key, err)
		}
	}
}

func listAndRemove(t *testing.T, s *filesystem.System) {
	want := []string{"l/r/a.txt", "l/r/b.txt", "l/r/thumbs_a.txt/1x1_a.txt", "l/s/\x01odd", "l/s/a//b", "l10/r/c.txt"}
	for _, key := range want {
		if err := s.Upload([]byte("x"), key); err != nil {
			t.Fatal(err)
		}
	}
	if got := keysOf(t, s, "l"); !slices.Equal(got, want) {
		t.Errorf("list: %q", got)
	}
	if got := keysOf(t, s, "l/r/a"); !slices.Equal(got, want[:1]) {
		t.Errorf("list by prefix: %q", got)
	}
	if s.IsEmptyDir("l/r") || !s.IsEmptyDir("l/none") {
		t.Error("IsEmptyDir is wrong")
	}
	if err := s.Delete("l/r/b.txt"); err != nil {
		t.Error(err)
	}
	if failed := s.DeletePrefix("l/"); len(failed) != 0 {
		t.Error(failed)
	}
	if got := keysOf(t, s, "l"); !slices.Equal(got, want[len(want)-1:]) {
		t.Errorf("after the removal: %q", got)
	}
	if failed := s.DeletePrefix("none/"); len(failed) != 0 {
		t.Error(failed)
	}
}

// largeUpload takes more than one part in a bucket.
func largeUpload(t *testing.T, s *filesystem.System) {
	content := bytes.Repeat([]byte("0123456789abcdef"), 20<<20/16)
	file, err := filesystem.NewFileFromBytes(content, "large.bin")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.UploadFile(file, "large"); err != nil {
		t.Fatal(err)
	}
	r, err := s.GetFile("large")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Close() }()
	if r.Size() != int64(len(content)) {
		t.Fatalf("size %d", r.Size())
	}
	part := make([]byte, 16)
	for _, offset := range []int64{0, 17 << 20, 3, 20<<20 - 16} {
		if _, err := r.Seek(offset, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadFull(r, part); err != nil || !bytes.Equal(part, content[offset:offset+16]) {
			t.Errorf("at %d: %q, %v", offset, part, err)
		}
	}
	if _, err := r.Read(part); !errors.Is(err, io.EOF) {
		t.Errorf("at the end: %v", err)
	}
	if _, err := r.Seek(-1, io.SeekStart); err == nil {
		t.Error("a negative position is accepted")
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || !bytes.Equal(got, content) {
		t.Errorf("the content comes back as %d bytes, %v", len(got), err)
	}
}

func serveRanges(t *testing.T, s *filesystem.System) {
	if err := s.Upload([]byte("0123456789"), "serve.txt"); err != nil {
		t.Fatal(err)
	}
	attrs, err := s.Attributes("serve.txt")
	if err != nil {
		t.Fatal(err)
	}
	stored := attrs.ModTime.UTC().Format(http.TimeFormat)
	for _, tc := range []struct {
		method, header, value string
		status                int
		body, contentRange    string
	}{
		{method: "GET", status: 200, body: "0123456789"},
		{method: "HEAD", status: 200},
		{method: "GET", header: "Range", value: "bytes=2-4", status: 206, body: "234", contentRange: "bytes 2-4/10"},
		{method: "GET", header: "Range", value: "bytes=-3", status: 206, body: "789", contentRange: "bytes 7-9/10"},
		{method: "GET", header: "Range", value: "bytes=20-", status: 416, contentRange: "bytes */10"},
		{method: "GET", header: "If-Modified-Since", value: stored, status: 304},
		{method: "GET", header: "If-Modified-Since", value: "Mon, 02 Jan 2006 15:04:05 GMT", status: 200, body: "0123456789"},
	} {
		req := httptest.NewRequest(tc.method, "/", nil)
		if tc.header != "" {
			req.Header.Set(tc.header, tc.value)
		}
		res := httptest.NewRecorder()
		if err := s.Serve(res, req, "serve.txt", "serve.txt"); err != nil {
			t.Fatal(err)
		}
		if res.Code != tc.status || tc.status < 300 && res.Body.String() != tc.body || res.Header().Get("Content-Range") != tc.contentRange {
			t.Errorf("%+v: %d %q %v", tc, res.Code, res.Body, res.Header())
		}
		if res.Header().Get("Last-Modified") != stored && tc.status < 400 {
			t.Errorf("%+v: Last-Modified %q, want %q", tc, res.Header().Get("Last-Modified"), stored)
		}
	}
}

func cancelled(t *testing.T, s *filesystem.System) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	bound := filesystem.Share(s)
	bound.SetContext(ctx)
	if err := bound.Upload([]byte("x"), "cancelled"); !errors.Is(err, context.Canceled) {
		t.Errorf("upload: %v", err)
	}
	if _, err := s.Attributes("cancelled"); !errors.Is(err, filesystem.ErrNotFound) {
		t.Errorf("a cancelled upload left something: %v", err)
	}
}

func TestS3Refusals(t *testing.T) {
	t.Parallel()
	config := s3test.Start(t).Bucket(t, "files")
	for _, endpoint := range []string{"", "ftp://127.0.0.1", "http://", "://x"} {
		wrong := config
		wrong.Endpoint = endpoint
		if _, err := filesystem.NewS3(wrong); err == nil {
			t.Errorf("endpoint %q is accepted", endpoint)
		}
	}
	for name, change := range map[string]func(c *filesystem.S3Config){
		"secret": func(c *filesystem.S3Config) { c.Secret = "wrong" },
		"bucket": func(c *filesystem.S3Config) { c.Bucket = "missing" },
	} {
		wrong := config
		change(&wrong)
		s, err := filesystem.NewS3(wrong)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Upload([]byte("x"), "a"); err == nil || errors.Is(err, filesystem.ErrNotFound) {
			t.Errorf("upload with the wrong %s: %v", name, err)
		}
		if _, err := s.List(""); err == nil {
			t.Errorf("list with the wrong %s passes", name)
		}
	}
}
