package jsvm

import (
	"sync"
	"sync/atomic"

	"github.com/tackleboxdev/tacklebox/internal/goroutine"
)

// pinned knows the requests of a generation by their goroutines and lets one
// wait for the last. Safe for concurrent use.
type pinned struct {
	count   atomic.Int64
	retired atomic.Bool
	once    sync.Once
	drained chan struct{}
	shards  [pinShards]pinShard
}

// pinShards keeps requests from waiting for each other.
const pinShards = 16

type pinShard struct {
	mu         sync.Mutex
	goroutines map[uintptr]int
	_          [40]byte // shards do not share cache lines
}

func newPinned() *pinned {
	p := &pinned{drained: make(chan struct{})}
	for i := range p.shards {
		p.shards[i].goroutines = map[uintptr]int{}
	}
	return p
}

func (p *pinned) shard(id uintptr) *pinShard { return &p.shards[(id>>7)%pinShards] }

// add pins what the calling goroutine does until done.
func (p *pinned) add() {
	p.count.Add(1)
	id := goroutine.Self()
	s := p.shard(id)
	s.mu.Lock()
	s.goroutines[id]++
	s.mu.Unlock()
}

func (p *pinned) done() {
	id := goroutine.Self()
	s := p.shard(id)
	s.mu.Lock()
	if s.goroutines[id]--; s.goroutines[id] <= 0 {
		delete(s.goroutines, id)
	}
	s.mu.Unlock()
	if p.count.Add(-1) == 0 && p.retired.Load() {
		p.once.Do(func() { close(p.drained) })
	}
}

// here reports whether the calling goroutine is pinned.
func (p *pinned) here() bool {
	id := goroutine.Self()
	s := p.shard(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.goroutines[id] > 0
}

// wait returns when no request is left. No new ones must be pinned for good by
// then; passing ones do no harm.
func (p *pinned) wait() {
	p.retired.Store(true)
	if p.count.Load() == 0 {
		return
	}
	<-p.drained
}
