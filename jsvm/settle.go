package jsvm

import (
	"os"
	"slices"
	"time"
)

// settleTries bounds how often files that keep changing are read again.
const settleTries = 20

// fileState tells one content of a file from another. The zero value stands for
// a file that is not there.
type fileState struct {
	size    int64
	changed time.Time
}

func stateOf(path string) fileState {
	info, err := os.Stat(path)
	if err != nil {
		return fileState{}
	}
	return fileState{info.Size(), info.ModTime()}
}

// loadSettled loads a generation from files that are whole. Many editors empty a
// file before they write it, so one that changed while it was read, or that has
// just become empty, is about to change again.
func (h *host) loadSettled() (*generation, []error) {
	for try := 1; ; try++ {
		g := newGeneration(h)
		failed := g.load()
		if g.justEmptied(h.current.Load()) {
			<-time.After(debounce)
		}
		if try == settleTries || !g.isOutdated() {
			return g, failed
		}
		g.discard()
		<-time.After(debounce)
	}
}

// isOutdated reports whether the files are other ones than those that were loaded.
func (g *generation) isOutdated() bool {
	paths, err := listScripts(g.host.cfg.HooksDir)
	if err != nil {
		return false // loading has reported it
	}
	if len(paths) != len(g.scripts) {
		return true
	}
	return slices.ContainsFunc(g.scripts, func(s *script) bool { return stateOf(s.path) != s.state })
}

// justEmptied reports whether a file is empty that was not so in another generation.
func (g *generation) justEmptied(before *generation) bool {
	if before == nil {
		return false
	}
	return slices.ContainsFunc(g.scripts, func(s *script) bool {
		return s.state.size == 0 && slices.ContainsFunc(before.scripts, func(old *script) bool {
			return old.path == s.path && old.state.size > 0
		})
	})
}
