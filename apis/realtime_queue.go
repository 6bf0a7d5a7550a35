package apis

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"

	"github.com/tackleboxdev/tacklebox/core"
)

// maxBroadcasts bounds the changes that wait to be told.
const maxBroadcasts = 1 << 15

// broadcastQueue runs jobs one after another in the order in which they were
// added, on a goroutine of the app that exists only while there are any.
type broadcastQueue struct {
	app     *core.App
	overrun func(lost int) // called by the goroutine of the queue

	mu      sync.Mutex
	jobs    []func()
	lost    int
	running bool
}

func newBroadcastQueue(app *core.App, overrun func(lost int)) *broadcastQueue {
	return &broadcastQueue{app: app, overrun: overrun}
}

// add never blocks. When too many jobs wait they are all lost, and overrun is told.
func (q *broadcastQueue) add(jobs ...func()) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.jobs) >= maxBroadcasts {
		q.lost += len(q.jobs)
		clear(q.jobs)
		q.jobs = q.jobs[:0]
	}
	q.jobs = append(q.jobs, jobs...)
	if !q.running {
		q.running = true
		q.app.Go(q.drain)
	}
}

// drain runs jobs until there are none. Those of an app that closes have nobody
// left to reach.
func (q *broadcastQueue) drain(ctx context.Context) {
	for {
		jobs, lost := q.next()
		if lost > 0 {
			q.guard(func() { q.overrun(lost) })
		}
		if len(jobs) == 0 {
			return
		}
		for _, job := range jobs {
			if ctx.Err() == nil {
				q.guard(job)
			}
		}
	}
}

// next takes all waiting jobs. Without any the goroutine has to end.
func (q *broadcastQueue) next() (jobs []func(), lost int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	jobs, lost = q.jobs, q.lost
	q.jobs, q.lost = nil, 0
	q.running = len(jobs) > 0
	return jobs, lost
}

// guard keeps a panic from ending more than the one job.
func (q *broadcastQueue) guard(job func()) {
	defer func() {
		if p := recover(); p != nil {
			q.app.Logger().Error("Realtime broadcast panicked",
				slog.Any("error", fmt.Errorf("panic: %v", p)), slog.String("stack", string(debug.Stack())))
		}
	}()
	job()
}
