package realtime

import (
	"errors"
	"sync"
)

// A client that falls further behind than this is discarded, so that it neither
// holds up those who send nor collects messages without bound.
const (
	maxQueued      = 1 << 14
	maxQueuedBytes = 8 << 20
)

// Reasons for which a client is discarded.
var (
	// ErrSlowClient is the reason for a client that did not read fast enough.
	ErrSlowClient = errors.New("realtime: the client reads too slowly")
	// ErrUnregistered is the reason for a client that was taken out of its broker.
	ErrUnregistered = errors.New("realtime: the client was unregistered")
	// ErrShutdown is the reason for a client of a server that stops.
	ErrShutdown = errors.New("realtime: the server stops")

	errDiscarded = errors.New("realtime: the client was discarded")
)

// queue holds the messages that wait for one client. An idle one takes no room
// for them. Nothing ever waits for the reader.
type queue struct {
	ready chan struct{} // holds a signal while there is something to take
	done  chan struct{} // closed with the queue

	mu     sync.Mutex
	items  []*Message
	bytes  int
	reason error // why the queue is closed; nil while it is open
}

func newQueue() queue {
	return queue{ready: make(chan struct{}, 1), done: make(chan struct{})}
}

// put adds a message. It closes the queue when there is no room.
func (q *queue) put(m *Message) bool {
	size := len(m.Name) + len(m.Data)
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.reason != nil {
		return false
	}
	if len(q.items) >= maxQueued || (len(q.items) > 0 && q.bytes+size > maxQueuedBytes) {
		q.closeLocked(ErrSlowClient)
		return false
	}
	q.items = append(q.items, m)
	q.bytes += size
	if len(q.items) == 1 {
		select {
		case q.ready <- struct{}{}:
		default:
		}
	}
	return true
}

// take returns all waiting messages, the oldest first.
func (q *queue) take() []*Message {
	q.mu.Lock()
	defer q.mu.Unlock()
	items := q.items
	q.items, q.bytes = nil, 0
	return items
}

func (q *queue) close(reason error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.reason == nil {
		q.closeLocked(reason)
	}
}

func (q *queue) closeLocked(reason error) {
	q.reason = reason
	if reason != ErrUnregistered { //nolint:errorlint // it is our own value; what was sent before is still delivered
		q.items, q.bytes = nil, 0
	}
	close(q.done)
}

// err returns why the queue is closed, or nil.
func (q *queue) err() error {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.reason
}
