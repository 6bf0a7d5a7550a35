package filesystem

import (
	"sync"
	"time"
)

const (
	unusableFor  = 10 * time.Minute
	unusableKept = 1000
)

// unusableThumbs remembers for a while what no thumb can be made of. A broken
// image of many pixels costs as much as a good one, at every request. The zero
// value is ready.
type unusableThumbs struct {
	mu   sync.Mutex
	list map[string]unusableThumb
}

type unusableThumb struct {
	reason error
	until  time.Time
}

func (u *unusableThumbs) reason(key string) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if entry, ok := u.list[key]; ok && time.Now().Before(entry.until) {
		return entry.reason
	}
	return nil
}

func (u *unusableThumbs) add(key string, reason error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.list == nil || len(u.list) >= unusableKept {
		u.list = map[string]unusableThumb{}
	}
	u.list[key] = unusableThumb{reason: reason, until: time.Now().Add(unusableFor)}
}
