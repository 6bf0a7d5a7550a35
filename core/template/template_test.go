package template_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/tackleboxdev/tacklebox/core/template"
)

func TestLoadString(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, text string
		data       any
		want, err  string
	}{
		{"escapes", "{{.a}}", map[string]any{"a": "<b>"}, "&lt;b&gt;", ""},
		{"raw", "{{raw .a}}", map[string]any{"a": "<b>"}, "<b>", ""},
		{"missing member", "[{{.none}}]", map[string]any{}, "[]", ""},
		{"no data", "[{{.}}]", nil, "[]", ""},
		{"range", "{{range $i, $v := .l}}{{$i}}{{$v}}{{end}}", map[string]any{"l": []any{"x", "y"}}, "0x1y", ""},
		{"syntax", "{{.x", nil, "", "template: :1: unclosed action"},
		{"unknown function", "{{nope}}", nil, "", `function "nope" not defined`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got, err := template.NewRegistry().LoadString(tt.text).Render(tt.data)
			if tt.err != "" {
				if err == nil || !strings.Contains(err.Error(), tt.err) {
					t.Fatalf("error = %v, want %q", err, tt.err)
				}
				return
			}
			if err != nil || got != tt.want {
				t.Fatalf("Render = %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

func TestLoadFiles(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	page, layout := filepath.Join(dir, "page.html"), filepath.Join(dir, "layout.html")
	write(t, layout, `({{block "body" .}}empty{{end}})`)
	write(t, page, `{{define "body"}}{{shout .name}}{{end}}`)
	reg := template.NewRegistry().AddFuncs(map[string]any{"shout": strings.ToUpper})

	data := map[string]any{"name": "ann"}
	for range 2 { // the second round must not read the files again
		got, err := reg.LoadFiles(layout, page).Render(data)
		if err != nil || got != "(ANN)" {
			t.Fatalf("Render = %q, %v", got, err)
		}
		write(t, page, "changed")
	}
	if _, err := reg.LoadFiles(filepath.Join(dir, "none.html")).Render(nil); err == nil {
		t.Fatal("a missing file renders")
	}
	if _, err := reg.LoadFiles().Render(nil); err == nil {
		t.Fatal("no files render")
	}
}

func TestLoadFS(t *testing.T) {
	t.Parallel()
	fsys := fstest.MapFS{
		"a.html":     {Data: []byte(`A{{template "b.html" .}}`)},
		"sub/b.html": {Data: []byte(`B{{.n}}`)},
	}
	reg := template.NewRegistry()
	got, err := reg.LoadFS(fsys, "a.html", "sub/*.html").Render(map[string]any{"n": 1})
	if err != nil || got != "AB1" {
		t.Fatalf("Render = %q, %v", got, err)
	}
	for _, patterns := range [][]string{nil, {"none*"}, {"[x"}} {
		if _, err := reg.LoadFS(fsys, patterns...).Render(nil); err == nil {
			t.Fatalf("LoadFS(%q) renders", patterns)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
