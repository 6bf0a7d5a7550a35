package search

import "sync"

const (
	// cacheSize is the number of trees in one generation of the cache.
	cacheSize = 512
	// cacheMaxText keeps texts out of the cache that are too long to be
	// worth it.
	cacheMaxText = 8 << 10
)

// parsed is shared by the whole process: a tree depends on nothing but its text.
var parsed treeCache

// treeCache is a bounded cache in two generations. When the young one is full
// it becomes the old one, and trees not used since are forgotten. The zero
// value is ready to use and safe for concurrent use.
type treeCache struct {
	mu    sync.RWMutex
	young map[string]*Node
	old   map[string]*Node
}

func (c *treeCache) get(text string) (*Node, bool) {
	c.mu.RLock()
	node, ok := c.young[text]
	stale := false
	if !ok {
		node, stale = c.old[text]
	}
	c.mu.RUnlock()
	if stale {
		c.put(text, node)
	}
	return node, ok || stale
}

func (c *treeCache) put(text string, node *Node) {
	if len(text) > cacheMaxText {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.young == nil || len(c.young) >= cacheSize {
		c.old, c.young = c.young, make(map[string]*Node, cacheSize)
	}
	c.young[text] = node
}
