package logger_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"math"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tackleboxdev/tacklebox/core/logger"
)

// storage keeps what a handler writes.
type storage struct {
	mu      sync.Mutex
	batches [][]logger.Entry
	err     error
}

func (s *storage) write(_ context.Context, batch []logger.Entry) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.batches = append(s.batches, append([]logger.Entry(nil), batch...))
	return s.err
}

func (s *storage) sizes() []int {
	s.mu.Lock()
	defer s.mu.Unlock()
	sizes := []int{}
	for _, b := range s.batches {
		sizes = append(sizes, len(b))
	}
	return sizes
}

func TestBatchIsWrittenAfterItsFirstEntryWaited(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var s storage
		h := logger.New(logger.Options{Write: s.write})
		h.Start()
		defer h.Stop()
		log := slog.New(h)

		log.Info("first")
		for range 5 { // steady traffic must not postpone the batch
			<-time.After(500 * time.Millisecond)
			log.Info("more")
		}
		synctest.Wait()
		if got := s.sizes(); len(got) != 0 {
			t.Fatalf("after 2.5 s: %v", got)
		}
		<-time.After(501 * time.Millisecond)
		synctest.Wait()
		if got := s.sizes(); len(got) != 1 || got[0] != 6 {
			t.Fatalf("after 3 s: %v, want one batch of 6", got)
		}
		<-time.After(time.Minute)
		if got := s.sizes(); len(got) != 1 {
			t.Fatalf("an empty queue must not be written: %v", got)
		}
	})
}

func TestFullBatchIsWrittenAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var s storage
		h := logger.New(logger.Options{Write: s.write, BatchSize: 3})
		h.Start()
		defer h.Stop()
		for range 3 {
			slog.New(h).Info("x")
		}
		synctest.Wait()
		if got := s.sizes(); len(got) != 1 || got[0] != 3 {
			t.Fatalf("batches %v", got)
		}
	})
}

func TestQueueIsBounded(t *testing.T) {
	t.Parallel()
	var s storage
	h := logger.New(logger.Options{Write: s.write, BatchSize: 10, Capacity: 65})
	for range 90 {
		slog.New(h).Info("x")
	}
	h.Flush(t.Context())
	if got := s.sizes(); len(got) != 2 || got[0] != 51 || got[1] != 15 {
		t.Fatalf("batches %v, want 50 and a note, then 15", got)
	}
	note := s.batches[0][50]
	if note.Data["dropped"] != 25 || note.Level != slog.LevelWarn {
		t.Fatalf("note %+v", note)
	}
}

func TestStopWritesWhatWaitsAndStartResumes(t *testing.T) {
	t.Parallel()
	var s storage
	h := logger.New(logger.Options{Write: s.write})
	slog.New(h).Info("before start")
	h.Start()
	h.Start()
	h.Stop()
	h.Stop()
	slog.New(h).Info("while stopped")
	h.Start()
	h.Stop()
	if got := s.sizes(); len(got) != 2 {
		t.Fatalf("batches %v", got)
	}
}

func TestFailuresAreReportedAndDoNotStopTheHandler(t *testing.T) {
	t.Parallel()
	var failures []string
	calls := 0
	h := logger.New(logger.Options{
		Write: func(context.Context, []logger.Entry) error {
			calls++
			if calls == 1 {
				panic("boom")
			}
			return errors.New("disk full")
		},
		Failed: func(err error) { failures = append(failures, err.Error()) },
	})
	for range 2 {
		slog.New(h).Info("x")
		h.Flush(t.Context())
	}
	if got := strings.Join(failures, "|"); got != "write 1 log entries: panic: boom|write 1 log entries: disk full" {
		t.Fatal(got)
	}
}

func TestLevels(t *testing.T) {
	t.Parallel()
	var s storage
	var level slog.LevelVar
	level.Set(slog.LevelWarn)
	h := logger.New(logger.Options{Write: s.write, Level: &level})
	log := slog.New(h)
	if log.Enabled(t.Context(), slog.LevelInfo) || !log.Enabled(t.Context(), slog.LevelWarn) {
		t.Fatal("Enabled must follow the level")
	}
	log.Info("ignored")
	log.Error("kept")
	level.Set(slog.LevelDebug)
	log.Debug("kept too")
	h.Flush(t.Context())
	if len(s.batches) != 1 || len(s.batches[0]) != 2 {
		t.Fatalf("batches %v", s.batches)
	}
}

type secret struct{}

func (secret) LogValue() slog.Value { return slog.StringValue("***") }

type panicking struct{}

func (panicking) MarshalJSON() ([]byte, error) { panic("no") }

func TestEntryData(t *testing.T) {
	t.Parallel()
	shared := map[string]any{"k": "v"}
	for _, tc := range []struct {
		name string
		log  func(l *slog.Logger)
		want string
	}{
		{"plain values", func(l *slog.Logger) { l.Info("m", "answer", 42, "b", true, "obj", shared, "n", nil) }, `{"answer":42,"b":true,"n":null,"obj":{"k":"v"}}`},
		{"with", func(l *slog.Logger) { l.With("a", 1).Info("m", "b", 2) }, `{"a":1,"b":2}`},
		{"groups", func(l *slog.Logger) { l.With("a", 1).WithGroup("g").With("b", 2).WithGroup("h").Info("m", "c", 3) }, `{"a":1,"g":{"b":2,"h":{"c":3}}}`},
		{"group values", func(l *slog.Logger) {
			l.Info("m", slog.Group("g", "a", 1), slog.Group("", "b", 2), slog.Group("empty"))
		}, `{"b":2,"g":{"a":1}}`},
		{"empty group handler", func(l *slog.Logger) { l.WithGroup("g").Info("m") }, `{}`},
		{"errors and durations", func(l *slog.Logger) { l.Info("m", "error", errors.New("bad"), "took", time.Second) }, `{"error":"bad","took":"1s"}`},
		{"log valuer", func(l *slog.Logger) { l.Info("m", "s", secret{}) }, `{"s":"***"}`},
		{"cannot be encoded", func(l *slog.Logger) { l.Info("m", "nan", math.NaN(), "f", func() {}, "p", panicking{}) }, ``},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			var s storage
			h := logger.New(logger.Options{Write: s.write})
			tc.log(slog.New(h))
			h.Flush(t.Context())
			raw, err := json.Marshal(s.batches[0][0].Data)
			if err != nil {
				t.Fatal(err)
			}
			if tc.want != "" && string(raw) != tc.want {
				t.Fatalf("data %s, want %s", raw, tc.want)
			}
		})
	}
}

func TestConsole(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	var s storage
	h := logger.New(logger.Options{Write: s.write, Level: slog.LevelError})
	h.PrintTo(&out)
	slog.New(h).Debug("hello", "a", 1, "stack", "one\ntwo")
	h.PrintTo(nil)
	slog.New(h).Debug("unseen")
	h.Flush(t.Context())
	if got := out.String(); !strings.Contains(got, "DEBUG hello a=1\n    stack:\n    one\n    two\n") || strings.Contains(got, "unseen") {
		t.Fatalf("console %q", got)
	}
	if len(s.batches) != 0 {
		t.Fatal("printing must not store an entry below the level")
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	var s storage
	h := logger.New(logger.Options{Write: s.write, BatchSize: 7})
	h.Start()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 100 {
				slog.New(h).With("a", 1).Info("x")
			}
		})
	}
	wg.Wait()
	h.Stop()
	total := 0
	for _, n := range s.sizes() {
		total += n
	}
	if total != 800 {
		t.Fatalf("%d entries arrived, want 800", total)
	}
}
