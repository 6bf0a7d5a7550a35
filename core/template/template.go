// Package template renders Go HTML templates from files, file systems and text,
// parsing each set once.
package template

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path/filepath"
	"strings"
	"sync"
)

// Registry parses templates and remembers them. Its methods may be called from
// any goroutine; the zero value is not usable, see NewRegistry.
type Registry struct {
	mu    sync.RWMutex
	funcs template.FuncMap
	files map[string]*Renderer
}

// NewRegistry returns a registry whose templates know one function of their
// own: `raw`, which prints a text without escaping it.
func NewRegistry() *Registry {
	return &Registry{
		funcs: template.FuncMap{
			"raw": func(text string) template.HTML { return template.HTML(text) }, //nolint:gosec // escaping is what the author turns off
		},
		files: map[string]*Renderer{},
	}
}

// AddFuncs makes functions known to templates that are loaded afterwards and
// forgets the sets parsed so far. It returns the registry.
func (r *Registry) AddFuncs(funcs map[string]any) *Registry {
	r.mu.Lock()
	defer r.mu.Unlock()
	maps.Copy(r.funcs, funcs)
	clear(r.files)
	return r
}

// LoadFiles returns a renderer of the first file; the others hold what it
// refers to. The set is read once. A file that is missing or does not parse is
// reported by the renderer.
func (r *Registry) LoadFiles(paths ...string) *Renderer {
	return r.cached("files\x00"+strings.Join(paths, "\x00"), func() *Renderer {
		if len(paths) == 0 {
			return &Renderer{err: fmt.Errorf("template: no files given")}
		}
		set, err := r.empty(filepath.Base(paths[0])).ParseFiles(paths...)
		return &Renderer{set: set, err: err}
	})
}

// LoadString returns a renderer of text. A text that does not parse is
// reported by the renderer.
func (r *Registry) LoadString(text string) *Renderer {
	r.mu.RLock()
	defer r.mu.RUnlock()
	set, err := r.empty("").Parse(text)
	return &Renderer{set: set, err: err}
}

// LoadFS returns a renderer of the first file of fsys that matches the first
// pattern; all matches form the set. Nothing is remembered, because file
// systems cannot be told apart.
func (r *Registry) LoadFS(fsys fs.FS, patterns ...string) *Renderer {
	r.mu.RLock()
	defer r.mu.RUnlock()
	name, err := firstMatch(fsys, patterns)
	if err != nil {
		return &Renderer{err: err}
	}
	set, err := r.empty(name).ParseFS(fsys, patterns...)
	return &Renderer{set: set, err: err}
}

// cached returns the set remembered under key, or parses and remembers it.
// Sets that failed are tried again.
func (r *Registry) cached(key string, parse func() *Renderer) *Renderer {
	r.mu.RLock()
	found := r.files[key]
	r.mu.RUnlock()
	if found != nil {
		return found
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	made := parse()
	if made.err == nil {
		r.files[key] = made
	}
	return made
}

// empty returns a template that knows the functions. The caller holds the lock.
func (r *Registry) empty(name string) *template.Template {
	return template.New(name).Funcs(r.funcs)
}

// firstMatch returns the base name of the file that gives a set its name.
func firstMatch(fsys fs.FS, patterns []string) (string, error) {
	if len(patterns) == 0 {
		return "", fmt.Errorf("template: no patterns given")
	}
	matches, err := fs.Glob(fsys, patterns[0])
	if err != nil {
		return "", fmt.Errorf("template: match %q: %w", patterns[0], err)
	}
	if len(matches) == 0 {
		return "", fmt.Errorf("template: pattern matches no files: %q", patterns[0])
	}
	return filepath.Base(matches[0]), nil
}

// Renderer is one parsed set of templates. It may be used from any goroutine.
type Renderer struct {
	set *template.Template
	err error
}

// Render returns the text of the set for data. Members that data lacks print
// as nothing. It reports errors of parsing and of executing.
func (r *Renderer) Render(data any) (string, error) {
	if r.err != nil {
		return "", r.err
	}
	var out bytes.Buffer
	if err := r.set.Execute(&out, data); err != nil {
		return "", err
	}
	return out.String(), nil
}
