package goroutine

import (
	"sync"
	"testing"
)

func TestSelf(t *testing.T) {
	t.Parallel()
	const n = 50
	var mu sync.Mutex
	seen := map[uintptr]bool{}
	var group, alive sync.WaitGroup
	alive.Add(n)
	for range n {
		group.Go(func() {
			id := Self()
			if id == 0 || id != Self() {
				t.Errorf("id %d is not stable", id)
			}
			mu.Lock()
			if seen[id] {
				t.Errorf("id %d is used twice", id)
			}
			seen[id] = true
			mu.Unlock()
			alive.Done()
			alive.Wait() // ids are unique among living goroutines only
		})
	}
	group.Wait()
}
