// Package template renders Go HTML templates from files, strings and file
// systems, with auto-escaping and a set of extra functions.
package template

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
)

// Registry loads templates and keeps the parsed files, so that rendering the
// same files again does not read them again. It is safe for concurrent use.
type Registry struct {
	mu    sync.RWMutex
	funcs template.FuncMap
	added int // calls of AddFuncs
	cache map[any]*template.Template
}

// NewRegistry returns a registry with the function raw, which marks its
// argument as HTML that must not be escaped.
func NewRegistry() *Registry {
	return &Registry{
		funcs: template.FuncMap{
			"raw": func(value any) template.HTML {
				if value == nil {
					return ""
				}
				return template.HTML(fmt.Sprint(value)) //nolint:gosec // the template's author asks for it
			},
		},
		cache: map[any]*template.Template{},
	}
}

// AddFuncs makes functions available to the templates that are loaded from
// now on and returns the registry.
func (r *Registry) AddFuncs(funcs map[string]any) *Registry {
	r.mu.Lock()
	defer r.mu.Unlock()
	merged := maps.Clone(r.funcs)
	maps.Copy(merged, funcs)
	r.funcs = merged
	r.added++
	clear(r.cache)
	return r
}

// LoadFiles loads the named files. The first one is the page that is rendered,
// it may use what the others define. A failure is reported by Render.
func (r *Registry) LoadFiles(files ...string) *Renderer {
	if len(files) == 0 {
		return &Renderer{err: errors.New("load template: no file is named")}
	}
	return r.load("files\x00"+strings.Join(files, "\x00"), filepath.Base(files[0]),
		func(t *template.Template) (*template.Template, error) { return t.ParseFiles(files...) })
}

// LoadString loads a template from its text. A failure is reported by Render.
func (r *Registry) LoadString(text string) *Renderer {
	return r.load(nil, "", func(t *template.Template) (*template.Template, error) { return t.Parse(text) })
}

// LoadFS loads the files of fsys that match the patterns. The first match is
// the page that is rendered. A failure is reported by Render.
func (r *Registry) LoadFS(fsys fs.FS, globPatterns ...string) *Renderer {
	page, err := firstMatch(fsys, globPatterns)
	if err != nil {
		return &Renderer{err: err}
	}
	var key any
	if reflect.TypeOf(fsys).Comparable() {
		key = fsKey{fsys, strings.Join(globPatterns, "\x00")}
	}
	return r.load(key, path.Base(page),
		func(t *template.Template) (*template.Template, error) { return t.ParseFS(fsys, globPatterns...) })
}

type fsKey struct {
	fsys     fs.FS
	patterns string
}

func firstMatch(fsys fs.FS, patterns []string) (string, error) {
	if fsys == nil {
		return "", errors.New("load template: the file system is missing")
	}
	for _, pattern := range patterns {
		matches, err := fs.Glob(fsys, pattern)
		if err != nil {
			return "", fmt.Errorf("load template %s: %w", pattern, err)
		}
		if len(matches) > 0 {
			return slices.Min(matches), nil
		}
	}
	return "", fmt.Errorf("load template: no file matches %q", patterns)
}

// load returns the cached template of key or parses it. A nil key is not
// cached, and neither is a failure.
func (r *Registry) load(key any, name string, parse func(*template.Template) (*template.Template, error)) *Renderer {
	r.mu.RLock()
	cached, funcs, added := r.cache[key], r.funcs, r.added
	r.mu.RUnlock()
	if cached != nil {
		return &Renderer{template: cached}
	}
	parsed, err := parse(template.New(name).Funcs(funcs))
	if err != nil {
		return &Renderer{err: err}
	}
	if key != nil {
		r.keep(key, parsed, added)
	}
	return &Renderer{template: parsed}
}

// keep caches a template, unless functions were added while it was parsed.
func (r *Registry) keep(key any, parsed *template.Template, added int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.added == added {
		r.cache[key] = parsed
	}
}

// Renderer is one loaded template. It is safe for concurrent use.
type Renderer struct {
	template *template.Template
	err      error
}

// Render executes the template with data. Members that data lacks print as
// nothing. It reports an error of loading, or of the execution.
func (r *Renderer) Render(data any) (string, error) {
	if r.err != nil {
		return "", r.err
	}
	var b bytes.Buffer
	if err := r.template.Execute(&b, data); err != nil {
		return "", err
	}
	return b.String(), nil
}
