package cron

import (
	"context"
	"sync"
	"time"
)

// Job is one thing to do at the minutes of its schedule.
type Job struct {
	ID       string
	Schedule Schedule
	// Run is called in a goroutine of its own; it must not panic. Its context
	// ends when the scheduler stops.
	Run func(ctx context.Context)
}

// Scheduler starts due jobs at second 0 of every minute. Its methods may be
// called at any time and from any goroutine.
type Scheduler struct {
	now  func() time.Time
	wait func(ctx context.Context, d time.Duration) error

	mu      sync.Mutex
	jobs    []Job
	cancel  context.CancelFunc
	running sync.WaitGroup
}

// NewScheduler returns a scheduler without jobs that is not started yet.
func NewScheduler() *Scheduler {
	return &Scheduler{now: time.Now, wait: sleep}
}

// Add schedules a job; one with the same id is replaced in place.
func (s *Scheduler) Add(j Job) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs = Put(s.jobs, j)
}

// Remove drops the job with that id, if there is one. A run in progress goes on.
func (s *Scheduler) Remove(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs = Without(s.jobs, id)
}

// Replace swaps all jobs for others in one step, so that no minute is missed or run twice.
func (s *Scheduler) Replace(jobs []Job) {
	own := append([]Job(nil), jobs...)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.jobs = own
}

// Total returns the number of scheduled jobs.
func (s *Scheduler) Total() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.jobs)
}

// Put returns jobs with j in the place of the job with its id, or at the end.
// The given slice is left alone.
func Put(jobs []Job, j Job) []Job {
	next := append([]Job(nil), jobs...)
	for i := range next {
		if next[i].ID == j.ID {
			next[i] = j
			return next
		}
	}
	return append(next, j)
}

// Without returns jobs less the one with that id. The given slice is left alone.
func Without(jobs []Job, id string) []Job {
	next := make([]Job, 0, len(jobs))
	for _, j := range jobs {
		if j.ID != id {
			next = append(next, j)
		}
	}
	return next
}

// Start begins to run due jobs until Stop. Starting a started scheduler does nothing.
func (s *Scheduler) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cancel != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.cancel = cancel
	s.running.Add(1)
	go s.loop(ctx)
}

// Stop ends the context of running jobs and returns when they have returned, or
// when ctx is done. A stopped scheduler may be started again.
func (s *Scheduler) Stop(ctx context.Context) error {
	s.mu.Lock()
	cancel := s.cancel
	s.cancel = nil
	s.mu.Unlock()
	if cancel == nil {
		return nil
	}
	cancel()
	done := make(chan struct{})
	go func() { s.running.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// loop sleeps from minute to minute. A clock that jumps costs at most the
// minutes it jumped over. After a sleep a clock that is being slowed down still
// shows the minute before; its end is not awaited again.
func (s *Scheduler) loop(ctx context.Context) {
	defer s.running.Done()
	var last time.Time
	for {
		now := s.now()
		next := now.Truncate(time.Minute).Add(time.Minute)
		if next.Equal(last) {
			next = next.Add(time.Minute)
		}
		if s.wait(ctx, next.Sub(now)) != nil {
			return
		}
		s.runDue(ctx, next)
		last = next
	}
}

// runDue starts every job whose schedule names the minute of t.
func (s *Scheduler) runDue(ctx context.Context, t time.Time) {
	s.mu.Lock()
	jobs := s.jobs
	s.mu.Unlock()
	for _, j := range jobs {
		if !j.Schedule.Due(t) {
			continue
		}
		s.running.Go(func() { j.Run(ctx) })
	}
}

// sleep waits for d, or less when ctx ends; then it returns the cause.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
