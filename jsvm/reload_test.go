package jsvm

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// generationSource is a file whose route, middleware and hook all tell the
// number of the generation they belong to.
func generationSource(n int) string {
	return fmt.Sprintf(`
		const n = %d;
		onRecordBeforeCreateRequest((e) => { e.record.set("title", String(n)); }, "posts");
		onModelBeforeCreate((e) => { e.model.set("title", e.model.get("title") + "," + n); }, "posts");
		onRecordAfterCreateRequest((e) => { e.record.set("title", e.record.get("title") + "," + n); }, "posts");
		routerUse((next) => (c) => { c.set("n", n); return next(c); });
		routerAdd("GET", "/n", (c) => c.string(200, [n, %d, c.get("n")].join()));`, n, n)
}

// TestReloadUnderLoad saves a file over and over, sometimes broken, while
// requests go on. No request fails, none sees two generations, the last good
// save wins, and nothing is left behind.
func TestReloadUnderLoad(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": generationSource(0)})
	saves := 20
	if testing.Short() {
		saves = 10
	}
	var stop atomic.Bool
	var clients sync.WaitGroup
	var requests atomic.Int64
	check := func(what string, code int, body string) bool {
		parts := strings.Split(body, ",")
		if code == 200 && len(parts) == 3 && parts[0] == parts[1] && parts[1] == parts[2] {
			return true
		}
		t.Errorf("%s: %d %s", what, code, body)
		return false
	}
	for range 2 {
		clients.Go(func() {
			for !stop.Load() {
				requests.Add(1)
				code, body := s.request(http.MethodGet, "/n", "")
				created, record := s.request(http.MethodPost, "/api/collections/posts/records", `{"title":"t"}`)
				title, _, _ := strings.Cut(record[strings.Index(record, `"title":"`)+len(`"title":"`):], `"`)
				if !check("GET /n", code, body) || !check("POST", created, title) {
					return
				}
			}
		})
	}
	for i := 1; i <= saves; i++ {
		if i%5 == 0 {
			s.write(t, "a.pb.js", generationSource(i)+"\n({")
			if err := s.host.reload(); err == nil {
				t.Error("a broken file was loaded")
			}
			continue
		}
		s.write(t, "a.pb.js", generationSource(i))
		if err := s.host.reload(); err != nil {
			t.Fatal(err)
		}
		if got, want := s.get("/n"), fmt.Sprintf("%d,%d,%d", i, i, i); got != want {
			t.Fatalf("after save %d: %s", i, got)
		}
	}
	stop.Store(true)
	clients.Wait()
	if requests.Load() == 0 {
		t.Error("no request was made")
	}
	s.host.drained.Wait()
	if n := s.app.OnModelBeforeCreate().Len(); n > 2 {
		t.Errorf("%d handlers are left", n)
	}
}

// TestRequestKeepsItsGeneration swaps the scripts in the middle of a request.
func TestRequestKeepsItsGeneration(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		const n = "old";
		routerAdd("GET", "/t", (c) => { $app.store().get("meanwhile")(); return c.string(200, n); });
		routerAdd("GET", "/fail", (c) => { $app.store().get("meanwhile")(); throw new BadRequestError("x"); });
		onBeforeApiError((e) => { e.error.message = n; });`})
	s.app.Store().Set("meanwhile", func() {
		s.write(t, "a.pb.js", `const n = "new"; onBeforeApiError((e) => { e.error.message = n; }); routerAdd("GET", "/t", (c) => c.string(200, n));`)
		if err := s.host.reload(); err != nil {
			t.Error(err)
		}
	})
	if got := s.get("/fail"); !strings.Contains(got, `"message":"old"`) {
		t.Errorf("error hook of the request: %s", got)
	}
	s.expect(t, map[string]string{"/t": "new"})
	if got := s.get("/nowhere"); !strings.Contains(got, `"message":"new"`) {
		t.Errorf("error hook afterwards: %s", got)
	}
}

// waitFor polls a condition of another goroutine's work, bounded.
func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	deadline := time.Now().Add(10 * time.Second)
	for !ok() {
		if time.Now().After(deadline) {
			t.Fatalf("%s did not happen", what)
		}
		runtime.Gosched()
		<-time.After(5 * time.Millisecond)
	}
}

// TestReloadBesideBrokenFile starts with a file that does not load. It keeps no
// other file back, but one that has loaded before does.
func TestReloadBesideBrokenFile(t *testing.T) {
	t.Parallel()
	route := func(name, text string) string {
		return fmt.Sprintf(`routerAdd("GET", "/%s", (c) => c.string(200, %q));`, name, text)
	}
	s, err := tryScriptServer(t, map[string]string{"a.pb.js": route("a", "1") + `throw new Error("broken")`, "b.pb.js": route("b", "1")})
	if err == nil {
		t.Fatal("the broken file was loaded")
	}
	steps := []struct {
		file, source, wantErr string
		want                  map[string]string
	}{
		{"b.pb.js", route("b", "2"), "Failed to execute a.pb.js", map[string]string{"/a": "1", "/b": "2"}},
		{"a.pb.js", route("a", "2") + `throw new Error("still broken")`, "still broken", map[string]string{"/a": "2", "/b": "2"}},
		{"a.pb.js", route("a", "3"), "", map[string]string{"/a": "3", "/b": "2"}},
		{"a.pb.js", route("a", "4") + `throw new Error("broken again")`, "broken again", map[string]string{"/a": "3", "/b": "2"}},
		{"b.pb.js", route("b", "3"), "broken again", map[string]string{"/a": "3", "/b": "2"}},
	}
	for _, step := range steps {
		s.write(t, step.file, step.source)
		err := s.host.reload()
		if (err == nil) != (step.wantErr == "") || err != nil && !strings.Contains(err.Error(), step.wantErr) {
			t.Errorf("after %s: error %v, want %q", step.source, err, step.wantErr)
		}
		s.expect(t, step.want)
	}
}

// TestLocksOfEditors has the link of an editor beside scripts, which leads nowhere.
func TestLocksOfEditors(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `routerAdd("GET", "/a", (c) => c.string(200, "1"));`})
	lock := func(name string) {
		if err := os.Symlink("me@host.123", filepath.Join(s.dir, name)); err != nil {
			t.Skip(err)
		}
	}
	lock(".#a.pb.js")
	s.write(t, "a.pb.js", `routerAdd("GET", "/a", (c) => c.string(200, "2"));`)
	if err := s.host.reload(); err != nil {
		t.Error(err)
	}
	s.expect(t, map[string]string{"/a": "2"})

	lock("gone.pb.js")
	if err := s.host.reload(); err == nil {
		t.Error("any other broken link is an error")
	}
}

func TestWatch(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `routerAdd("GET", "/t", (c) => c.string(200, require(__hooks + "/lib/x.js").v));`, "lib/x.js": `exports.v = "one"`})
	if err := s.host.watch(); err != nil {
		t.Fatal(err)
	}
	s.expect(t, map[string]string{"/t": "one"})

	s.write(t, "lib/x.js", `exports.v = "two"`)
	waitFor(t, "reload after a module changed", func() bool { return s.get("/t") == "two" })

	tmp := filepath.Join(s.dir, "lib", ".x.js.swp") // editors write beside and rename
	if err := os.WriteFile(tmp, []byte(`exports.v = "three"`), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(tmp, filepath.Join(s.dir, "lib", "x.js")); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "reload after a rename", func() bool { return s.get("/t") == "three" })

	s.write(t, "new/deep/y.js", `exports.v = 1`)
	s.write(t, "b.pb.js", `routerAdd("GET", "/b", (c) => c.string(200, "b"));`)
	waitFor(t, "reload after a file was added", func() bool { return s.get("/b") == "b" })

	s.write(t, "b.pb.js", `routerAdd("GET", "/b", (c) =>`)
	waitFor(t, "report of a broken file", func() bool { return strings.Contains(s.output.String(), "Failed to execute b.pb.js") })
	s.expect(t, map[string]string{"/b": "b"})
	if !strings.Contains(s.output.String(), "changed, reloading scripts") {
		t.Errorf("output: %s", s.output)
	}
}

func TestWatchOfMissingDirectory(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "deep", "pb_hooks")
	s := newScriptServer(t, nil, func(c *Config) { c.HooksDir = dir })
	if err := s.host.watch(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "a.pb.js"), []byte(`routerAdd("GET", "/t", (c) => c.string(200, "late"));`), 0o600); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "reload after the directory was made", func() bool { return s.get("/t") == "late" })
}
