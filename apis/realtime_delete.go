package apis

import (
	"runtime"
	"sync"
	"time"
	"weak"

	"github.com/tackleboxdev/tacklebox/core/models"
)

// deletionPatience is how long the news that follow a delete wait for its after
// handlers. If these take longer the delete is told out of order.
const deletionPatience = 250 * time.Millisecond

// deletion is the news of a deleted record. They have their place in the queue from
// the commit on, but whether they are told is decided by the after handlers.
type deletion struct {
	queue   *broadcastQueue
	news    func()
	decided chan struct{}

	mu      sync.Mutex
	done    bool // it was decided
	wanted  bool
	overdue bool // its place in the queue has passed
}

func newDeletion(queue *broadcastQueue, news func()) *deletion {
	return &deletion{queue: queue, news: news, decided: make(chan struct{})}
}

// decide says whether the news are told. Only the first call counts.
func (d *deletion) decide(wanted bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done {
		return
	}
	d.done, d.wanted = true, wanted
	close(d.decided)
	if d.overdue && wanted {
		d.queue.add(d.news)
	}
}

// tell is the job of the queue.
func (d *deletion) tell() {
	timer := time.NewTimer(deletionPatience)
	defer timer.Stop()
	select {
	case <-d.decided:
	case <-timer.C:
	}
	if d.isDue() {
		d.news()
	}
}

func (d *deletion) isDue() bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.overdue = !d.done
	return d.wanted
}

// deletionStore keeps deletions by the record that is deleted. One that is never
// heard of again, after a rollback, is forgotten with the record itself.
type deletionStore struct {
	mu sync.Mutex
	m  map[weak.Pointer[models.Record]]*deletion
}

func (s *deletionStore) put(record *models.Record, d *deletion) {
	key := weak.Make(record)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.m == nil {
		s.m = map[weak.Pointer[models.Record]]*deletion{}
	}
	if _, known := s.m[key]; !known {
		runtime.AddCleanup(record, s.forget, key)
	}
	s.m[key] = d
}

func (s *deletionStore) get(record *models.Record) *deletion {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.m[weak.Make(record)]
}

// take returns the deletion and forgets it.
func (s *deletionStore) take(record *models.Record) *deletion {
	d := s.get(record)
	s.forget(weak.Make(record))
	return d
}

func (s *deletionStore) forget(key weak.Pointer[models.Record]) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.m, key)
}
