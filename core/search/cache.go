package search

import "sync"

const (
	// cacheSize is the number of entries in one generation of a cache.
	cacheSize = 512
	// cacheMaxText keeps texts out of the caches that are too long to be
	// worth it.
	cacheMaxText = 8 << 10
)

// parsed is shared by the whole process: a tree depends on nothing but its text.
var parsed cache[*Node]

// cache is a bounded cache by text in two generations. When the young one is
// full it becomes the old one, and entries not used since are forgotten. The
// zero value is ready to use and safe for concurrent use.
type cache[V any] struct {
	mu    sync.RWMutex
	young map[string]V
	old   map[string]V
}

func (c *cache[V]) get(text string) (V, bool) {
	c.mu.RLock()
	value, ok := c.young[text]
	stale := false
	if !ok {
		value, stale = c.old[text]
	}
	c.mu.RUnlock()
	if stale {
		c.put(text, value)
	}
	return value, ok || stale
}

func (c *cache[V]) put(text string, value V) {
	if len(text) > cacheMaxText {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.young == nil || len(c.young) >= cacheSize {
		c.old, c.young = c.young, make(map[string]V)
	}
	c.young[text] = value
}
