package jsvm

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

const (
	// debounce is how long the files must be quiet before they are read again:
	// editors save in several steps.
	debounce = 50 * time.Millisecond
	// editDebounce is the same after a file of a package was written, and when an
	// installation is complete.
	editDebounce = 300 * time.Millisecond
	// installDebounce is the same while packages come and go, which npm does with
	// pauses.
	installDebounce = 3 * time.Second
	// maxWatchedFolders bounds the folders outside of the hooks directory, and of
	// packages, that are watched.
	maxWatchedFolders = 4096

	packagesFolder = "node_modules"
	// installedFile is what npm writes into the folder of packages at the end.
	installedFile = ".package-lock.json"
)

// watcher reports changes below the hooks directory, and of the files outside of
// it, or of packages, that scripts use. While the directory does not exist it
// waits for it.
type watcher struct {
	dir     string
	changed func(path string)
	// used returns the files that scripts use.
	used   func() []*usedFiles
	notify *fsnotify.Watcher
	done   sync.WaitGroup

	mu sync.Mutex
	// lists are the files that scripts use, folders those that are watched for
	// them. Folders of packages are among them.
	lists   []*usedFiles
	folders map[string]bool
}

// watch starts reloading the scripts when files change.
func (h *host) watch() error {
	notify, err := fsnotify.NewWatcher()
	if err != nil {
		return fmt.Errorf("watch scripts: %w", err)
	}
	dir := h.cfg.HooksDir
	if resolved, err := filepath.EvalSymlinks(dir); err == nil {
		dir = resolved
	}
	w := &watcher{dir: dir, changed: h.changed, used: h.usedFiles, notify: notify, folders: map[string]bool{}}
	w.addAll()
	w.follow()
	w.done.Go(w.loop)
	h.watcher = w
	return nil
}

// addAll watches the directory and all below it, without those of packages and
// hidden ones. Until the directory exists the closest existing parent is watched.
func (w *watcher) addAll() {
	if _, err := os.Stat(w.dir); err != nil {
		parent := filepath.Dir(w.dir)
		for parent != filepath.Dir(parent) {
			if w.notify.Add(parent) == nil {
				return
			}
			parent = filepath.Dir(parent)
		}
		return
	}
	_ = filepath.WalkDir(w.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return nil //nolint:nilerr // what cannot be read cannot be watched
		}
		if path != w.dir && isSkipped(entry.Name()) {
			return filepath.SkipDir
		}
		_ = w.notify.Add(path)
		return nil
	})
}

// follow watches the folders of the files that scripts use now.
func (w *watcher) follow() {
	lists := w.used()
	w.mu.Lock()
	before := w.folders
	w.lists, w.folders = lists, map[string]bool{}
	w.mu.Unlock()
	w.addFolder(filepath.Join(w.dir, packagesFolder))
	for _, list := range lists {
		list.follow(w.addFile)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	for folder := range before {
		if !w.folders[folder] && !w.covers(folder) {
			_ = w.notify.Remove(folder)
		}
	}
}

// addFile watches the folder of a file, and that of all packages if it belongs to one.
func (w *watcher) addFile(path string) {
	if folder := filepath.Dir(path); !w.covers(folder) {
		w.addFolder(folder)
	}
	if i := strings.LastIndex(path, string(filepath.Separator)+packagesFolder+string(filepath.Separator)); i >= 0 {
		w.addFolder(path[:i+1+len(packagesFolder)])
	}
}

// addFolder watches a folder outside of the hooks directory. A replaced one is
// watched again.
func (w *watcher) addFolder(folder string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.folders[folder] || len(w.folders) >= maxWatchedFolders {
		return
	}
	w.folders[folder] = true
	_ = w.notify.Add(folder) // what does not exist cannot be watched
}

// covers reports whether a path is among what is watched anyway.
func (w *watcher) covers(path string) bool {
	rel, err := filepath.Rel(w.dir, path)
	if err != nil || !filepath.IsLocal(rel) {
		return false
	}
	return !slices.ContainsFunc(strings.Split(rel, string(filepath.Separator)), func(part string) bool { return part != "." && isSkipped(part) })
}

func isSkipped(name string) bool { return name == packagesFolder || strings.HasPrefix(name, ".") }

func (w *watcher) loop() {
	var timer <-chan time.Time
	var last string
	note := func(event fsnotify.Event) {
		if quiet := w.quiet(event); quiet > 0 {
			last, timer = event.Name, time.After(quiet)
		}
	}
	for {
		select {
		case event, ok := <-w.notify.Events:
			if !ok {
				return
			}
			note(event)
		case <-timer:
			select {
			case event := <-w.notify.Events: // on a busy machine it has waited
				note(event)
				continue
			default:
			}
			timer = nil
			w.addAll() // directories that are new, or that were replaced
			w.changed(last)
			w.follow()
		case err, ok := <-w.notify.Errors:
			if !ok {
				return
			}
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				last, timer = w.dir, time.After(debounce)
			}
		}
	}
}

// quiet returns how long the files must be quiet after an event before they are
// read again; 0 stands for an event that does not matter.
func (w *watcher) quiet(event fsnotify.Event) time.Duration {
	name := filepath.Base(event.Name)
	switch folder := filepath.Dir(event.Name); {
	case event.Op == fsnotify.Chmod:
		return 0
	case name == packagesFolder:
		w.addFolder(event.Name)
		return installDebounce
	case filepath.Base(folder) == packagesFolder && name == installedFile:
		return editDebounce
	case filepath.Base(folder) == packagesFolder && isSkipped(name):
		return 0
	case filepath.Base(folder) == packagesFolder:
		return installDebounce
	case w.isUsed(event.Name) && !inPackage(event.Name):
		return debounce
	case w.isUsed(event.Name) && event.Has(fsnotify.Write):
		return editDebounce
	case w.isUsed(event.Name):
		return installDebounce
	case w.matters(event.Name):
		return debounce
	}
	return 0
}

func (w *watcher) isUsed(path string) bool {
	w.mu.Lock()
	lists := w.lists
	w.mu.Unlock()
	return slices.ContainsFunc(lists, func(list *usedFiles) bool { return list.has(path) })
}

// matters reports whether a path is one of the content of the hooks directory.
func (w *watcher) matters(path string) bool {
	rel, err := filepath.Rel(w.dir, path)
	if err != nil {
		return false
	}
	if rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		// A parent, watched in the absence of the directory: it, or one of the
		// directories on the way to it, has appeared.
		return strings.HasPrefix(w.dir+string(filepath.Separator), path+string(filepath.Separator))
	}
	return w.covers(filepath.Dir(path))
}

func (w *watcher) stop() {
	_ = w.notify.Close()
	w.done.Wait()
}
