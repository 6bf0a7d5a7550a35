package template_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tackleboxdev/tacklebox/core/template"
)

func TestRenderString(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		name, text string
		data       any
		want       string
	}{
		{"escaping and raw", `{{.html}} {{raw .html}}`, map[string]any{"html": "<b>&</b>"}, `&lt;b&gt;&amp;&lt;/b&gt; <b>&</b>`},
		{"missing members", `[{{.missing}}][{{.a.b}}]`, map[string]any{"a": map[string]any{}}, `[][]`},
		{"nil data", `v={{.}}`, nil, `v=`},
		{"raw of nothing", `{{raw .missing}}`, map[string]any{}, ``},
		{"loops", `{{range $i, $v := .list}}[{{$i}}:{{$v}}]{{end}}`, map[string]any{"list": []string{"x", "y"}}, `[0:x][1:y]`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			got, err := template.NewRegistry().LoadString(tc.text).Render(tc.data)
			if err != nil || got != tc.want {
				t.Fatalf("got %q, %v; want %q", got, err, tc.want)
			}
		})
	}
}

func TestRenderErrors(t *testing.T) {
	t.Parallel()
	r := template.NewRegistry()
	for _, tc := range []struct {
		name     string
		renderer *template.Renderer
		want     string
	}{
		{"syntax", r.LoadString("{{.x"), "template: :1: unclosed action"},
		{"unknown function", r.LoadString("{{nope}}"), `template: :1: function "nope" not defined`},
		{"missing file", r.LoadFiles("/no/such/file.html"), "open /no/such/file.html: no such file or directory"},
		{"no file", r.LoadFiles(), "load template: no file is named"},
		{"no file system", r.LoadFS(nil, "*"), "load template: the file system is missing"},
		{"no match", r.LoadFS(fstest.MapFS{}, "*.html"), `load template: no file matches ["*.html"]`},
		{"bad pattern", r.LoadFS(fstest.MapFS{}, "["), "load template [: syntax error in pattern"},
	} {
		if _, err := tc.renderer.Render(nil); err == nil || err.Error() != tc.want {
			t.Errorf("%s: got %v, want %s", tc.name, err, tc.want)
		}
	}
}

func TestFilesAreParsedOnce(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	layout, page := filepath.Join(dir, "layout.html"), filepath.Join(dir, "page.html")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(layout, `[{{block "body" .}}{{end}}]`)
	write(page, `{{define "body"}}{{.name}}{{end}}`)

	r := template.NewRegistry()
	render := func() string {
		t.Helper()
		got, err := r.LoadFiles(layout, page).Render(map[string]any{"name": "Ann"})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if got := render(); got != "[Ann]" {
		t.Fatal(got)
	}
	write(page, `{{define "body"}}changed{{end}}`)
	if got := render(); got != "[Ann]" {
		t.Fatalf("parsed files must be kept, got %s", got)
	}
	r.AddFuncs(map[string]any{"up": strings.ToUpper})
	if got := render(); got != "[changed]" {
		t.Fatalf("new functions need a new parse, got %s", got)
	}
}

func TestLoadFSAndFuncs(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"t/a.html": {Data: []byte(`{{up .}}{{template "b.html" .}}`)},
		"t/b.html": {Data: []byte(`-{{.}}`)},
	}
	r := template.NewRegistry().AddFuncs(map[string]any{"up": strings.ToUpper})
	got, err := r.LoadFS(fsys, "t/*.html").Render("x")
	if err != nil || got != "X-x" {
		t.Fatalf("%q, %v", got, err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.html"), []byte("{{.}}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if got, err := r.LoadFS(os.DirFS(dir), "a.html").Render("y"); err != nil || got != "y" {
			t.Fatalf("%q, %v", got, err)
		}
	}
}

// hookedFS is a file system that tells when a file is read.
type hookedFS struct {
	fstest.MapFS
	read func()
}

func (f *hookedFS) ReadFile(name string) ([]byte, error) {
	f.read()
	return f.MapFS.ReadFile(name)
}

func TestFunctionsAddedDuringALoadAreUsedByTheNext(t *testing.T) {
	t.Parallel()
	r := template.NewRegistry().AddFuncs(map[string]any{"name": func() string { return "first" }})
	fsys := &hookedFS{MapFS: fstest.MapFS{"a.html": {Data: []byte(`{{name}}`)}}}
	fsys.read = func() { r.AddFuncs(map[string]any{"name": func() string { return "second" }}) }
	for _, want := range []string{"first", "second"} {
		if got, err := r.LoadFS(fsys, "a.html").Render(nil); err != nil || got != want {
			t.Fatalf("got %q, %v; want %q", got, err, want)
		}
		fsys.read = func() {}
	}
}
