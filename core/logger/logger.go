// Package logger is a slog handler that collects entries and writes them in
// batches, so that logging never delays the work that is logged.
//
// A batch is written when it is full or when its first entry has waited long
// enough, whatever comes first. What waits is bounded: when the writer cannot
// keep up, new entries are dropped and their number is logged.
package logger

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// Defaults of [Options].
const (
	DefaultBatchSize = 200
	DefaultDelay     = 3 * time.Second
	DefaultCapacity  = 50 * DefaultBatchSize
)

// Entry is one log entry that is ready to be stored: its data holds only
// values that encode as JSON and that nobody changes any more.
type Entry struct {
	Time    time.Time
	Level   slog.Level
	Message string
	Data    map[string]any
}

// Options configures a [Handler]. Write is required.
type Options struct {
	// Write stores one batch. It is called by one goroutine at a time and must
	// not keep the slice. A failed batch is lost and reported to Failed.
	Write func(ctx context.Context, batch []Entry) error
	// Failed is told why a batch was lost; nil ignores it.
	Failed func(err error)
	// Level is the lowest level that is stored; nil means all.
	Level slog.Leveler

	BatchSize int           // 0 means DefaultBatchSize
	Delay     time.Duration // 0 means DefaultDelay
	Capacity  int           // entries that may wait; 0 means DefaultCapacity
}

// Handler collects log entries. Handlers derived with WithAttrs and WithGroup
// share the queue of the one they come from. Entries are accepted from the
// start, they are written between [Handler.Start] and [Handler.Stop].
type Handler struct {
	queue *queue
	scope scope
}

var _ slog.Handler = (*Handler)(nil)

// New returns a handler that is not started yet.
func New(o Options) *Handler {
	if o.BatchSize <= 0 {
		o.BatchSize = DefaultBatchSize
	}
	if o.Delay <= 0 {
		o.Delay = DefaultDelay
	}
	if o.Capacity <= 0 {
		o.Capacity = DefaultCapacity
	}
	if o.Failed == nil {
		o.Failed = func(error) {}
	}
	return &Handler{queue: &queue{
		options: o,
		first:   make(chan struct{}, 1),
		full:    make(chan struct{}, 1),
	}}
}

// Enabled reports whether an entry of the level would go anywhere.
func (h *Handler) Enabled(_ context.Context, level slog.Level) bool {
	return h.queue.console.Load() != nil || h.queue.stores(level)
}

// Handle accepts an entry. It never waits for the storage and never fails.
func (h *Handler) Handle(_ context.Context, r slog.Record) error {
	e := Entry{Time: r.Time, Level: r.Level, Message: r.Message, Data: h.scope.data(r)}
	if w := h.queue.console.Load(); w != nil {
		h.queue.show(*w, e)
	}
	if h.queue.stores(e.Level) {
		h.queue.add(e)
	}
	return nil
}

// WithAttrs returns a handler that adds attrs to every entry.
func (h *Handler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return &Handler{queue: h.queue, scope: h.scope.withAttrs(attrs)}
}

// WithGroup returns a handler that nests what follows under name.
func (h *Handler) WithGroup(name string) slog.Handler {
	return &Handler{queue: h.queue, scope: h.scope.withGroup(name)}
}

// PrintTo also prints every entry to w from now on, stored or not; nil ends that.
func (h *Handler) PrintTo(w io.Writer) {
	if w == nil {
		h.queue.console.Store(nil)
		return
	}
	h.queue.console.Store(&w)
}

// Start begins to write batches in the background. A started handler ignores it.
func (h *Handler) Start() {
	q := h.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.cancel != nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	q.cancel, q.done = cancel, make(chan struct{})
	go q.run(ctx, q.done)
}

// Stop writes what waits, ends the background work and waits for it. Later
// entries are kept until the next Start. A stopped handler ignores it.
func (h *Handler) Stop() {
	q := h.queue
	q.mu.Lock()
	cancel, done := q.cancel, q.done
	q.cancel = nil
	q.mu.Unlock()
	if cancel == nil {
		return
	}
	cancel()
	<-done
	h.Flush(context.Background())
}

// Flush writes what waits now and returns when it is stored or lost.
func (h *Handler) Flush(ctx context.Context) { h.queue.flush(ctx) }

// queue holds the entries that wait and the goroutine that writes them.
type queue struct {
	options Options
	first   chan struct{} // the queue got its first entry
	full    chan struct{} // a whole batch waits
	console atomic.Pointer[io.Writer]

	mu      sync.Mutex
	waiting []Entry
	dropped int
	cancel  context.CancelFunc
	done    chan struct{}

	writing  sync.Mutex // orders calls of options.Write
	printing sync.Mutex // keeps console lines whole
}

func (q *queue) stores(level slog.Level) bool {
	return q.options.Level == nil || level >= q.options.Level.Level()
}

func (q *queue) add(e Entry) {
	q.mu.Lock()
	if len(q.waiting) >= q.options.Capacity {
		q.dropped++
		q.mu.Unlock()
		return
	}
	q.waiting = append(q.waiting, e)
	n := len(q.waiting)
	q.mu.Unlock()

	notify(q.first)
	if n >= q.options.BatchSize {
		notify(q.full)
	}
}

func notify(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// run waits for a first entry, then for a full batch or the delay.
func (q *queue) run(ctx context.Context, done chan struct{}) {
	defer close(done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-q.first:
		}
		timer := time.NewTimer(q.options.Delay)
		select {
		case <-ctx.Done():
			timer.Stop()
			return
		case <-timer.C:
		case <-q.full:
			timer.Stop()
		}
		q.flush(ctx)
	}
}

func (q *queue) flush(ctx context.Context) {
	q.writing.Lock()
	defer q.writing.Unlock()
	for {
		batch := q.take()
		if len(batch) == 0 {
			return
		}
		if err := q.write(ctx, batch); err != nil {
			q.options.Failed(fmt.Errorf("write %d log entries: %w", len(batch), err))
		}
	}
}

// write turns a panic of the writer into an error: logs must not end the process.
func (q *queue) write(ctx context.Context, batch []Entry) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	// A batch that is being written when the process stops is finished.
	return q.options.Write(context.WithoutCancel(ctx), batch)
}

// largeBatches is how many batches are written as one when that many wait: the
// more at once, the less an entry costs.
const largeBatches = 5

// take removes what is written next from the queue, with a note about entries that
// had to be dropped since the last one.
func (q *queue) take() []Entry {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.waiting), largeBatches*q.options.BatchSize)
	batch := make([]Entry, n, n+1)
	copy(batch, q.waiting)
	if q.waiting = q.waiting[n:]; len(q.waiting) == 0 {
		q.waiting = nil
	}
	if q.dropped > 0 {
		batch = append(batch, Entry{
			Time:    time.Now(),
			Level:   slog.LevelWarn,
			Message: fmt.Sprintf("%d log entries were dropped because the log storage could not keep up", q.dropped),
			Data:    map[string]any{"dropped": q.dropped},
		})
		q.dropped = 0
	}
	return batch
}
