package hook_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/core/hook"
)

type event struct {
	tags []string
	log  []string
}

func (e *event) Tags() []string { return e.tags }

func logs(name string) func(*event) error {
	return func(e *event) error { e.log = append(e.log, name); return nil }
}

func TestRunOrder(t *testing.T) {
	t.Parallel()
	h := hook.New[*event]("Test")
	bind := func(name string, info hook.Info) {
		h.Bind(hook.Handler[*event]{Info: info, Func: logs(name)})
	}
	bind("system", hook.Info{Source: hook.Source{Kind: hook.System}})
	bind("managed", hook.Info{Source: hook.Source{Kind: hook.Managed}})
	bind("script b", hook.Info{Source: hook.Source{Kind: hook.Script}, Order: 2})
	bind("script a", hook.Info{Source: hook.Source{Kind: hook.Script}, Order: 1})
	h.Add(logs("go 1"))
	h.Add(logs("go 2"))
	h.PreAdd(logs("first 1"))
	h.PreAdd(logs("first 2"))

	e := &event{}
	if err := h.Trigger(e, logs("final")); err != nil {
		t.Fatal(err)
	}
	want := "first 2,first 1,go 1,go 2,script a,script b,managed,system,final"
	if got := strings.Join(e.log, ","); got != want {
		t.Fatalf("order\n got %s\nwant %s", got, want)
	}
}

func TestTags(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		handler  []string
		event    []string
		wantRuns bool
	}{
		{"no tags always run", nil, []string{"a"}, true},
		{"no tags run for untagged events", nil, nil, true},
		{"one of the tags", []string{"x", "a"}, []string{"a", "b"}, true},
		{"none of the tags", []string{"x"}, []string{"a"}, false},
		{"case counts", []string{"A"}, []string{"a"}, false},
		{"the empty tag matches nothing", []string{""}, []string{""}, false},
		{"tagged handler, untagged event", []string{"a"}, nil, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := hook.New[*event]("Test")
			view := h.Tagged(tt.handler...)
			view.Add(logs("ran"))
			e := &event{tags: tt.event}
			if err := h.Trigger(e); err != nil {
				t.Fatal(err)
			}
			if ran := len(e.log) == 1; ran != tt.wantRuns {
				t.Fatalf("ran = %v, want %v", ran, tt.wantRuns)
			}
			if got := view.CanTriggerOn(tt.event); got != tt.wantRuns {
				t.Fatalf("CanTriggerOn = %v, want %v", got, tt.wantRuns)
			}
		})
	}
}

func TestOutcomes(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	tests := []struct {
		name    string
		err     error
		policy  hook.ErrorPolicy
		wantErr error
		wantLog string
	}{
		{"success goes on", nil, hook.AbortOnError, nil, "final"},
		{"stop skips the rest", hook.StopPropagation, hook.AbortOnError, nil, ""},
		{"wrapped stop too", fmt.Errorf("x: %w", hook.StopPropagation), hook.AbortOnError, nil, ""},
		{"error aborts", boom, hook.AbortOnError, boom, ""},
		{"error that may be ignored", boom, hook.ContinueOnError, nil, "final"},
		{"stop counts under any policy", hook.StopPropagation, hook.ContinueOnError, nil, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			h := hook.New[*event]("Test")
			h.Bind(hook.Handler[*event]{
				Info: hook.Info{ErrorPolicy: tt.policy},
				Func: func(*event) error { return tt.err },
			})
			e := &event{}
			if err := h.Trigger(e, logs("final")); !errors.Is(err, tt.wantErr) {
				t.Fatalf("err = %v, want %v", err, tt.wantErr)
			}
			if got := strings.Join(e.log, ","); got != tt.wantLog {
				t.Fatalf("log = %q, want %q", got, tt.wantLog)
			}
		})
	}
}

func TestAround(t *testing.T) {
	t.Parallel()
	before, after := hook.New[*event]("Before"), hook.New[*event]("After")
	before.Add(logs("before"))
	after.Add(logs("after"))
	e := &event{}
	if err := hook.Around(e, before, logs("act"), after, logs("respond")); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(e.log, ","); got != "before,act,after,respond" {
		t.Fatalf("log = %s", got)
	}

	before.Add(func(*event) error { return hook.StopPropagation })
	e = &event{}
	if err := hook.Around(e, before, logs("act"), after, logs("respond")); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(e.log, ","); got != "before" {
		t.Fatalf("log after stop = %s", got)
	}
}

func TestReplaceAndRemove(t *testing.T) {
	t.Parallel()
	h := hook.New[*event]("Test")
	id := h.Add(logs("one"))
	if len(id) != 8 {
		t.Fatalf("id %q has %d characters, want 8", id, len(id))
	}
	h.Add(logs("two"))
	h.Bind(hook.Handler[*event]{Info: hook.Info{ID: id}, Func: logs("uno")})
	e := &event{}
	if err := h.Trigger(e); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(e.log, []string{"uno", "two"}) {
		t.Fatalf("log = %v", e.log)
	}
	h.Remove(id)
	h.Remove("unknown")
	if h.Len() != 1 {
		t.Fatalf("%d handlers left, want 1", h.Len())
	}
	h.Tagged("x").RemoveAll()
	if h.Len() != 0 {
		t.Fatalf("%d handlers left, want 0", h.Len())
	}
}

type tracer struct {
	mu   sync.Mutex
	runs []hook.Info
	done chan struct{}
}

func (r *tracer) HandlerRuns(_ any, info *hook.Info) any { return info.Hook }

func (r *tracer) HandlerRan(before, _ any, info *hook.Info, _ time.Duration, _ error) {
	r.mu.Lock()
	if before == info.Hook {
		r.runs = append(r.runs, *info)
	}
	r.mu.Unlock()
	if info.Mode == hook.Background {
		close(r.done)
	}
}

func TestTraceAndBackground(t *testing.T) {
	t.Parallel()
	h := hook.New[*event]("Test")
	tr := &tracer{done: make(chan struct{})}
	h.Observe(tr)
	h.RunBackgroundWith(func(fn func()) { go fn() })
	h.Add(func(*event) error { return nil })
	h.Bind(hook.Handler[*event]{
		Info: hook.Info{Mode: hook.Background},
		Func: func(*event) error { return errors.New("lost for the caller") },
	})
	if err := h.Trigger(&event{}); err != nil {
		t.Fatal(err)
	}
	<-tr.done
	tr.mu.Lock()
	defer tr.mu.Unlock()
	if len(tr.runs) != 2 || tr.runs[0].Hook != "Test" {
		t.Fatalf("traced %+v", tr.runs)
	}
	stats := h.Handlers()[1].Stats
	if stats.Runs != 1 || stats.Failures != 1 {
		t.Fatalf("stats = %+v", stats)
	}
}

func TestConcurrentChange(t *testing.T) {
	t.Parallel()
	h := hook.New[*event]("Test")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				id := h.Add(func(*event) error { return nil })
				if err := h.Trigger(&event{}); err != nil {
					t.Error(err)
				}
				h.Remove(id)
			}
		})
	}
	wg.Wait()
	if h.Len() != 0 {
		t.Fatalf("%d handlers left", h.Len())
	}
}

func BenchmarkTrigger(b *testing.B) {
	h := hook.New[*event]("Test")
	for range 3 {
		h.Tagged("posts").Add(func(*event) error { return nil })
	}
	e := &event{tags: []string{"posts_id", "posts"}}
	b.ReportAllocs()
	for b.Loop() {
		_ = h.Trigger(e)
	}
}
