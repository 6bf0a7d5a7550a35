package jsvm

import (
	"maps"
	"sync"
	"sync/atomic"
)

// nameSet is a growing set of names that many goroutines read. A set that was
// read does not change. The zero value is empty.
type nameSet struct {
	mu    sync.Mutex
	names atomic.Pointer[map[string]bool]
}

// load returns the names, nil when there are none; the same pointer as before if
// there are no others.
func (s *nameSet) load() *map[string]bool { return s.names.Load() }

func (s *nameSet) add(found map[string]bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	names := map[string]bool{}
	if known := s.names.Load(); known != nil {
		maps.Copy(names, *known)
	}
	before := len(names)
	maps.Copy(names, found)
	if len(names) > before {
		s.names.Store(&names)
	}
}
