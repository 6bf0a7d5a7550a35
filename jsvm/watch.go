package jsvm

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// debounce is how long the files must be quiet before they are read again:
// editors save in several steps.
const debounce = 50 * time.Millisecond

// watcher reports changes below the hooks directory. While the directory does
// not exist it waits for it.
type watcher struct {
	dir     string
	changed func(path string)
	notify  *fsnotify.Watcher
	done    sync.WaitGroup
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
	w := &watcher{dir: dir, changed: h.changed, notify: notify}
	w.addAll()
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

func isSkipped(name string) bool { return name == "node_modules" || strings.HasPrefix(name, ".") }

func (w *watcher) loop() {
	var timer <-chan time.Time
	var last string
	for {
		select {
		case event, ok := <-w.notify.Events:
			if !ok {
				return
			}
			if !w.matters(event) {
				continue
			}
			last = event.Name
			timer = time.After(debounce)
		case <-timer:
			timer = nil
			w.addAll() // directories that are new, or that were replaced
			w.changed(last)
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

// matters reports whether an event is about the content of the hooks directory.
func (w *watcher) matters(event fsnotify.Event) bool {
	if event.Op == fsnotify.Chmod {
		return false
	}
	rel, err := filepath.Rel(w.dir, event.Name)
	if err != nil {
		return false
	}
	if rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		// A parent, watched in the absence of the directory: it, or one of the
		// directories on the way to it, has appeared.
		return strings.HasPrefix(w.dir+string(filepath.Separator), event.Name+string(filepath.Separator))
	}
	for part := range strings.SplitSeq(filepath.Dir(rel), string(filepath.Separator)) {
		if part != "." && isSkipped(part) {
			return false
		}
	}
	return true
}

func (w *watcher) stop() {
	_ = w.notify.Close()
	w.done.Wait()
}
