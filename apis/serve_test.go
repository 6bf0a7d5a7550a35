package apis_test

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"strings"
	"syscall"
	"testing"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
)

func TestServeFinishesRequestsUnderWay(t *testing.T) {
	t.Parallel()
	app := coretest.New(t)
	entered, release := make(chan struct{}), make(chan struct{})
	route("/slow", func(c *echo.Context) error {
		close(entered)
		<-release
		return c.String(http.StatusOK, "done")
	})(app)
	terminated := make(chan struct{})
	app.OnTerminate().Add(func(*core.TerminateEvent) error {
		close(terminated)
		return nil
	})
	var banner bytes.Buffer
	listening, served := make(chan net.Addr, 1), make(chan error, 1)
	go func() {
		served <- apis.Serve(app, apis.ServeConfig{
			HttpAddr: "127.0.0.1:0", ShowStartBanner: true, Output: &banner,
			OnListen: func(addr net.Addr) { listening <- addr },
		})
	}()
	addr := <-listening
	if text := "Server started at http://" + addr.String(); !strings.Contains(banner.String(), text) {
		t.Errorf("%q is missing in the banner:\n%s", text, banner.String())
	}

	s := &server{t: t, app: app, url: "http://" + addr.String()}
	answered := make(chan answer, 1)
	go func() { answered <- s.do(call{method: "GET", path: "/slow"}) }()
	<-entered
	stopped := make(chan error, 1)
	go func() { stopped <- app.Terminate(false) }()
	<-terminated
	close(release)
	if got := <-answered; got.status != 200 || got.body != "done" {
		t.Errorf("request under way: %d %q", got.status, got.body)
	}
	if err := errors.Join(<-stopped, <-served); err != nil {
		t.Error(err)
	}
}

func TestServeFailures(t *testing.T) {
	t.Parallel()
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = taken.Close() }()
	if err := apis.Serve(coretest.New(t), apis.ServeConfig{HttpAddr: taken.Addr().String()}); !errors.Is(err, syscall.EADDRINUSE) {
		t.Errorf("port taken: %v", err)
	}

	app := coretest.New(t)
	refused := errors.New("refused")
	app.OnBeforeServe().Add(func(*core.ServeEvent) error { return refused })
	if err := apis.Serve(app, apis.ServeConfig{HttpAddr: "127.0.0.1:0"}); !errors.Is(err, refused) {
		t.Errorf("hook: %v", err)
	}
}

func TestPanicIsOneFailedRequest(t *testing.T) {
	t.Parallel()
	s := serve(t, route("/panic", func(*echo.Context) error { panic("secret detail") }))
	s.expect([]expectation{
		{call: call{path: "/panic"}, status: 400, contains: []string{"Something went wrong"}, lacks: []string{"secret"}},
		{call: call{path: "/api/health"}, status: 200},
	})
}
