package jsvm

import (
	"path/filepath"
	"strings"
	"sync"

	"github.com/evanw/esbuild/pkg/api"
)

// maxUsedFiles bounds the files that are remembered of a generation.
const maxUsedFiles = 20_000

// usedFiles are the files that went into a generation, or that it looked for.
// Safe for concurrent use.
type usedFiles struct {
	mu    sync.Mutex
	paths map[string]bool
	// added is told about files that are used after the watcher has asked, as by
	// a handler that requires a module.
	added func(path string)
}

func newUsedFiles() *usedFiles { return &usedFiles{paths: map[string]bool{}} }

func (u *usedFiles) add(paths ...string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	for _, path := range paths {
		if u.paths[path] || len(u.paths) >= maxUsedFiles {
			continue
		}
		u.paths[path] = true
		if u.added != nil {
			u.added(path)
		}
	}
}

// has reports whether a file was used, or one that was looked for without its ending.
func (u *usedFiles) has(path string) bool {
	u.mu.Lock()
	defer u.mu.Unlock()
	return u.paths[path] || u.paths[strings.TrimSuffix(path, filepath.Ext(path))]
}

// follow calls fn for all files, also for those that are added later.
func (u *usedFiles) follow(fn func(path string)) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.added = fn
	for path := range u.paths {
		fn(path)
	}
}

// lookedAt collects the files that one build reads.
type lookedAt struct {
	mu    sync.Mutex
	paths []string
}

// plug makes a build tell which files it reads.
func (l *lookedAt) plug(build api.PluginBuild) {
	build.OnLoad(api.OnLoadOptions{Filter: `.*`, Namespace: "file"}, func(args api.OnLoadArgs) (api.OnLoadResult, error) {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.paths = append(l.paths, args.Path)
		return api.OnLoadResult{}, nil // it is read as usual
	})
}

// missed adds the files that a build did not find.
func (l *lookedAt) missed(dir string, messages []api.Message) {
	for _, message := range messages {
		match := unresolved.FindStringSubmatch(message.Text)
		if match == nil || !isRelative(match[1]) || message.Location == nil {
			continue
		}
		from := filepath.FromSlash(message.Location.File)
		if !filepath.IsAbs(from) {
			from = filepath.Join(dir, from)
		}
		l.paths = append(l.paths, filepath.Join(filepath.Dir(from), filepath.FromSlash(match[1])))
	}
}

// filesOf returns the files that the last build for a file read, or looked for,
// and the file itself.
func (b *bundler) filesOf(path string) []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]string{path}, b.lookedAt[path]...)
}
