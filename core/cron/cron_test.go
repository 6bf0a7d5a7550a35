package cron

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"
)

func TestParse(t *testing.T) {
	t.Parallel()
	tests := []struct {
		expr string
		ok   bool
	}{
		{"* * * * *", true},
		{"  */5   1-3 * *   1,2 ", true},
		{"@hourly", true},
		{"@midnight", true},
		{"@never", false},
		{"* * * *", false},
		{"* * * * * *", false},
		{"61 * * * *", false},
		{"a b c d e", false},
		{"* * 0 * *", false},
		{"* * * 13 *", false},
		{"* * * * 7", false},
		{"5-1 * * * *", false},
		{"*/0 * * * *", false},
		{"1,,2 * * * *", false},
		{"-1 * * * *", false},
		{"10/20 * * * *", true},
		{"", false},
	}
	for _, tt := range tests {
		t.Run(tt.expr, func(t *testing.T) {
			t.Parallel()
			_, err := Parse(tt.expr)
			if (err == nil) != tt.ok {
				t.Fatalf("Parse(%q) = %v, want ok %t", tt.expr, err, tt.ok)
			}
			if err != nil && !errors.Is(err, ErrExpression) {
				t.Fatalf("error %v does not wrap ErrExpression", err)
			}
		})
	}
}

func TestDue(t *testing.T) {
	t.Parallel()
	tests := []struct {
		expr, at string
		want     bool
	}{
		{"* * * * *", "2024-03-05T10:20:30Z", true},
		{"20 10 * * *", "2024-03-05T10:20:59Z", true},
		{"20 10 * * *", "2024-03-05T12:20:00+02:00", true},
		{"21 10 * * *", "2024-03-05T10:20:00Z", false},
		{"*/15 * * * *", "2024-03-05T10:45:00Z", true},
		{"0-10,50 * * * *", "2024-03-05T10:50:00Z", true},
		{"@weekly", "2024-03-03T00:00:00Z", true},
		{"@weekly", "2024-03-04T00:00:00Z", false},
		{"@monthly", "2024-03-01T00:00:00Z", true},
		{"10/20 * * * *", "2024-03-05T10:30:00Z", true},
		{"10/20 * * * *", "2024-03-05T10:20:00Z", false},
		{"0 0 13 * 5", "2024-09-13T00:00:00Z", true},
		{"0 0 13 * 5", "2024-03-13T00:00:00Z", false},
	}
	for _, tt := range tests {
		t.Run(tt.expr+" "+tt.at, func(t *testing.T) {
			t.Parallel()
			s, err := Parse(tt.expr)
			if err != nil {
				t.Fatal(err)
			}
			at, err := time.Parse(time.RFC3339, tt.at)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Due(at); got != tt.want {
				t.Fatalf("Due = %t, want %t", got, tt.want)
			}
		})
	}
	if (Schedule{}).Due(time.Now()) {
		t.Fatal("the zero schedule is due")
	}
}

func TestJobsReplaceById(t *testing.T) {
	t.Parallel()
	s := NewScheduler()
	s.Add(Job{ID: "a"})
	s.Add(Job{ID: "b"})
	s.Add(Job{ID: "a"})
	if got := s.Total(); got != 2 {
		t.Fatalf("Total = %d, want 2", got)
	}
	s.Remove("unknown")
	s.Remove("a")
	if got := s.Total(); got != 1 {
		t.Fatalf("Total = %d, want 1", got)
	}
	s.Replace(nil)
	if got := s.Total(); got != 0 {
		t.Fatalf("Total = %d, want 0", got)
	}
}

func TestSchedulerRunsDueJobs(t *testing.T) {
	t.Parallel()
	every, err := Parse("* * * * *")
	if err != nil {
		t.Fatal(err)
	}
	ticks := make(chan struct{})
	clock := time.Date(2024, 3, 5, 10, 0, 30, 0, time.UTC)
	s := NewScheduler()
	s.now = func() time.Time { return clock }
	s.wait = func(ctx context.Context, d time.Duration) error {
		if want := time.Duration(60-clock.Second()) * time.Second; d != want {
			t.Errorf("waits %v, want %v", d, want)
		}
		select {
		case <-ticks:
			clock = clock.Add(d)
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	var runs atomic.Int32
	ran := make(chan struct{})
	s.Add(Job{ID: "x", Schedule: every, Run: func(context.Context) { runs.Add(1); ran <- struct{}{} }})
	s.Add(Job{ID: "never", Run: func(context.Context) { t.Error("ran a job that is not due") }})
	s.Start()
	s.Start()
	for range 2 {
		ticks <- struct{}{}
		<-ran
	}
	s.Add(Job{ID: "x", Schedule: every, Run: func(ctx context.Context) { ran <- struct{}{}; <-ctx.Done() }})
	ticks <- struct{}{}
	<-ran
	if err := s.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := s.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := runs.Load(); got != 2 {
		t.Fatalf("ran %d times, want 2", got)
	}
}

// TestSchedulerWithSlowClock wakes up a little before the minute by the clock: the minute must
// not run twice.
func TestSchedulerWithSlowClock(t *testing.T) {
	t.Parallel()
	fives, err := Parse("*/5 * * * *")
	if err != nil {
		t.Fatal(err)
	}
	clock := time.Date(2024, 3, 5, 10, 0, 30, 0, time.UTC)
	const minutes = 11 // until 10:11
	waits := 0
	done := make(chan struct{})
	s := NewScheduler()
	s.now = func() time.Time { return clock }
	s.wait = func(ctx context.Context, d time.Duration) error {
		if waits++; waits > minutes {
			close(done)
			<-ctx.Done()
			return ctx.Err()
		}
		clock = clock.Add(d - 20*time.Millisecond)
		return nil
	}
	var runs atomic.Int32
	s.Add(Job{ID: "x", Schedule: fives, Run: func(context.Context) { runs.Add(1) }})
	s.Start()
	<-done
	if err := s.Stop(context.Background()); err != nil {
		t.Fatal(err)
	}
	if got := runs.Load(); got != 2 {
		t.Errorf("ran %d times, want once at 10:05 and once at 10:10", got)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{"* * * * *", "@daily", "*/5 1-3 1,2 1/2 0-6/2", "0 0 L * 5#2", "-1/0 * * * *", "0-99999999999 * * * *"} {
		f.Add(seed)
	}
	f.Fuzz(func(_ *testing.T, expr string) {
		s, err := Parse(expr)
		if err == nil {
			s.Due(time.Unix(0, 0))
		}
	})
}
