package hook

import (
	"cmp"
	"crypto/rand"
	"encoding/base32"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
)

// entry is a handler in its list.
type entry[E any] struct {
	Handler[E]

	figures figures
	seq     int64
}

// list holds the handlers of one event. Readers take a snapshot without a lock;
// writers copy it.
type list[E any] struct {
	name   string
	tracer atomic.Pointer[Tracer]
	spawn  atomic.Pointer[func(func())]

	handlers atomic.Pointer[[]*entry[E]]

	mu  sync.Mutex // orders writers
	seq int64
}

func (l *list[E]) load() []*entry[E] {
	if p := l.handlers.Load(); p != nil {
		return *p
	}
	return nil
}

func (l *list[E]) set(handlers []*entry[E]) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.handlers.Store(&handlers)
}

func (l *list[E]) add(handler *entry[E]) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if handler.ID == "" {
		handler.ID = randomID()
	}
	current := l.load()
	for i, old := range current {
		if old.ID == handler.ID {
			handler.seq = old.seq
			next := slices.Clone(current)
			next[i] = handler
			l.store(next)
			return handler.ID
		}
	}
	l.seq++
	handler.seq = l.seq
	if handler.First {
		handler.seq = -l.seq // the newest goes to the very front
	}
	l.store(append(slices.Clone(current), handler))
	return handler.ID
}

func (l *list[E]) remove(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	next := slices.DeleteFunc(slices.Clone(l.load()), func(h *entry[E]) bool { return h.ID == id })
	l.handlers.Store(&next)
}

func (l *list[E]) store(handlers []*entry[E]) {
	slices.SortStableFunc(handlers, func(a, b *entry[E]) int { return a.compare(b) })
	l.handlers.Store(&handlers)
}

func (h *entry[E]) compare(other *entry[E]) int {
	if h.First != other.First {
		if h.First {
			return -1
		}
		return 1
	}
	if h.First {
		return cmp.Compare(h.seq, other.seq)
	}
	return cmp.Or(
		cmp.Compare(h.Source.Kind, other.Source.Kind),
		cmp.Compare(h.Order, other.Order),
		cmp.Compare(h.seq, other.seq),
	)
}

// randomID returns 8 characters, the length that scripts know.
func randomID() string {
	var b [5]byte
	_, _ = rand.Read(b[:]) // never fails since Go 1.24
	return strings.ToLower(base32.StdEncoding.EncodeToString(b[:]))
}

// functionName returns the name of a Go function with its package path.
func functionName(fn any) string {
	v := reflect.ValueOf(fn)
	if v.IsNil() {
		return ""
	}
	f := runtime.FuncForPC(v.Pointer())
	if f == nil {
		return ""
	}
	return strings.TrimSuffix(f.Name(), "-fm")
}
