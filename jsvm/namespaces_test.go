package jsvm

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
)

var update = flag.Bool("update", false, "write the expected results of the scripts in testdata")

// TestScripts evaluates each script of testdata that has its result beside it.
func TestScripts(t *testing.T) {
	t.Parallel()
	results, err := filepath.Glob("testdata/*.json")
	if err != nil || len(results) == 0 {
		t.Fatalf("no scripts in testdata: %v", err)
	}
	for _, path := range results {
		name := filepath.Base(path[:len(path)-len(".json")])
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			checkScript(t, bindingsRuntime(t, coretest.New(t)), name)
		})
	}
}

// bindingsRuntime returns a runtime like those of handlers. Scripts find the
// address of a small server in `base` and the folder of their files in `files`.
func bindingsRuntime(t *testing.T, app *core.App) *environment {
	t.Helper()
	files, err := filepath.Abs("testdata/files")
	if err != nil {
		t.Fatal(err)
	}
	env := newEnvironment(app, Config{HooksDir: filepath.Dir(files)}, newModules(newBundler("")))
	env.gen = &generation{}
	newWatchdog(0).add(env.machine)
	if err := env.bind(); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(testServer())
	t.Cleanup(server.Close)
	for name, value := range map[string]any{"base": server.URL, "files": files, "temp": t.TempDir()} {
		if err := env.vm.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	return env
}

// evaluated returns the value of a piece of script.
func evaluated(t *testing.T, env *environment, name, source string) (goja.Value, error) {
	t.Helper()
	path, err := filepath.Abs(name)
	if err != nil {
		t.Fatal(err)
	}
	program, err := goja.Compile(path, source, true)
	if err != nil {
		t.Fatal(err)
	}
	value, err := env.vm.RunProgram(program)
	return value, env.caught(err)
}

// checkScript compares the JSON form of the value of a script with what is expected.
func checkScript(t *testing.T, env *environment, name string) {
	t.Helper()
	source, err := os.ReadFile(filepath.Join("testdata", name+".js"))
	if err != nil {
		t.Fatal(err)
	}
	value, err := evaluated(t, env, "testdata/"+name+".js", string(source))
	if err != nil {
		t.Fatal(err)
	}
	compact, err := json.Marshal(env.toGo(value))
	if err != nil {
		t.Fatal(err)
	}
	var got bytes.Buffer
	if err := json.Indent(&got, compact, "", "  "); err != nil {
		t.Fatal(err)
	}
	got.WriteByte('\n')
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s.js evaluates to\n%s\nwant\n%s", name, got.Bytes(), want)
	}
}

// testServer answers the requests of the scripts.
func testServer() http.Handler {
	mux := http.NewServeMux()
	text := func(pattern string, status int, contentType, body string) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", contentType)
			w.WriteHeader(status)
			_, _ = w.Write([]byte(body))
		})
	}
	text("/text", http.StatusOK, "text/plain", "just text")
	text("/teapot", http.StatusTeapot, "application/json", `{"short":true}`)
	text("/list", http.StatusOK, "application/json", `[1,"two"]`)
	text("/nothing", http.StatusNoContent, "", "")
	text("/remote.txt", http.StatusOK, "text/plain", "remote!")
	mux.Handle("/redirect", http.RedirectHandler("/list", http.StatusFound))
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/cookie", func(w http.ResponseWriter, _ *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "sid", Value: "v1", Path: "/", HttpOnly: true})
	})
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		seen := map[string]any{"method": r.Method, "query": r.URL.RawQuery, "type": r.Header.Get("Content-Type"), "x": r.Header.Get("X-Test")}
		if err := r.ParseMultipartForm(1 << 20); err == nil {
			seen["type"] = "multipart"
			seen["form"] = r.MultipartForm.Value
			seen["file"] = r.MultipartForm.File["doc"][0].Filename
		} else {
			var body bytes.Buffer
			_, _ = body.ReadFrom(r.Body)
			seen["body"] = body.String()
		}
		_ = json.NewEncoder(w).Encode(seen)
	})
	return mux
}
