package apis

import (
	"fmt"
	"testing"
	"time"
)

// TestBucketsAreBounded has more clients than are remembered.
func TestBucketsAreBounded(t *testing.T) {
	t.Parallel()
	s := newBucketSet(RateLimit{Group: "api", Requests: 10, Window: time.Minute})
	now := time.Unix(1000, 0)
	for i := range maxBuckets * 2 {
		s.take(fmt.Sprint(i), now)
	}
	if len(s.full) > maxBuckets {
		t.Errorf("%d clients are remembered", len(s.full))
	}
	s.take("late", now.Add(time.Hour))
	for i := range maxBuckets {
		s.take(fmt.Sprint(i), now.Add(time.Hour))
	}
	if len(s.full) > maxBuckets {
		t.Errorf("%d clients are remembered", len(s.full))
	}
}

// TestBucketRefills takes all requests, then waits as long as it is told to.
func TestBucketRefills(t *testing.T) {
	t.Parallel()
	s := newBucketSet(RateLimit{Group: "api", Requests: 4, Window: time.Minute})
	now := time.Unix(1000, 0)
	for range 4 {
		if wait := s.take("x", now); wait != 0 {
			t.Fatalf("wait %s", wait)
		}
	}
	wait := s.take("x", now)
	if wait <= 0 || wait > 15*time.Second {
		t.Fatalf("wait %s", wait)
	}
	if again := s.take("x", now.Add(wait)); again != 0 {
		t.Errorf("still %s", again)
	}
}
