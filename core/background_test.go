package core

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestBackgroundDrainWaitsForJobs(t *testing.T) {
	t.Parallel()
	var b background
	var finished atomic.Int32
	for range 10 {
		b.run(func(ctx context.Context) {
			<-ctx.Done() // a loop ends with its context
			b.run(func(context.Context) { finished.Add(1) })
			finished.Add(1)
		})
	}
	b.drain()
	if got := finished.Load(); got != 20 {
		t.Fatalf("%d jobs finished, want 20 with those started meanwhile", got)
	}
	b.drain() // nothing runs

	started := make(chan error)
	b.run(func(ctx context.Context) { started <- ctx.Err() })
	if err := <-started; err != nil {
		t.Fatalf("a job after a drain starts with a live context, got %v", err)
	}
	b.drain()
}

func TestBackgroundReportsPanics(t *testing.T) {
	t.Parallel()
	failed := make(chan error, 1)
	b := background{failed: func(err error) { failed <- err }}
	b.run(func(context.Context) { panic("boom") })
	b.drain()
	if err := <-failed; !strings.HasPrefix(err.Error(), "panic: boom\n") || !strings.Contains(err.Error(), "background_test.go") {
		t.Fatalf("got %v", err)
	}
}

func TestBackgroundGivesUpOnStuckJobs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		failed := make(chan error, 1)
		b := background{failed: func(err error) { failed <- err }}
		release := make(chan struct{})
		b.run(func(context.Context) { <-release })
		start := time.Now()
		b.drain()
		if took := time.Since(start); took != backgroundGrace {
			t.Fatalf("drain took %s", took)
		}
		if err := <-failed; err == nil || !strings.Contains(err.Error(), "1 jobs did not stop") {
			t.Fatalf("got %v", err)
		}
		close(release)
	})
}
