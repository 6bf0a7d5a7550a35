package apis

import (
	"context"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/coretest"
)

// A job that panics is logged; the next one runs.
func TestBroadcastQueueContainsPanics(t *testing.T) {
	t.Parallel()
	q := newBroadcastQueue(coretest.New(t), func(int) {})
	done := make(chan struct{})
	q.add(func() { panic("boom") })
	q.add(func() { close(done) })
	<-done
}

// Too many waiting jobs are given up all at once, and that is told.
func TestBroadcastQueueIsBounded(t *testing.T) {
	t.Parallel()
	var ran atomic.Int64
	lost := make(chan int, 1)
	q := newBroadcastQueue(coretest.New(t), func(n int) { lost <- n })
	started, release := make(chan struct{}), make(chan struct{})
	q.add(func() { close(started); <-release })
	<-started
	for range maxBroadcasts + 1 {
		q.add(func() { ran.Add(1) })
	}
	done := make(chan struct{})
	q.add(func() { close(done) })
	close(release)
	<-done
	if n := <-lost; n != maxBroadcasts || ran.Load() != 1 {
		t.Errorf("%d jobs lost, %d run", n, ran.Load())
	}
}

type scoped struct{}

func (scoped) RequestScoped() {}

func TestDetach(t *testing.T) {
	t.Parallel()
	e := echo.New()
	var detached *echo.Context
	e.GET("/x/:id", func(c *echo.Context) error {
		c.Set("kept", 1)
		c.Set("scoped", scoped{})
		detached = detach(context.Background(), c)
		return nil
	})
	e.GET("/other", func(*echo.Context) error { return nil })
	for _, path := range []string{"/x/one?q=two", "/other"} { // the second one uses the context again
		r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
		r.Header.Set("X-Token", "t")
		e.ServeHTTP(httptest.NewRecorder(), r)
	}
	if detached.Get("kept") != 1 || detached.Get("scoped") != nil {
		t.Errorf("values: %v, %v", detached.Get("kept"), detached.Get("scoped"))
	}
	if detached.Param("id") != "one" || detached.QueryParam("q") != "two" || detached.Path() != "/x/:id" ||
		detached.Request().Header.Get("X-Token") != "t" {
		t.Errorf("request: %q %q %q", detached.Param("id"), detached.QueryParam("q"), detached.Path())
	}
	if !isCommitted(detached) {
		t.Error("a hook could answer")
	}
}
