package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/jsvm"
)

// siteScript has the routes that are measured against the same in Go.
const siteScript = `
routerAdd("GET", "/js/json", (c) => c.json(200, {
  id: "abc", title: "A title", views: 12, ratio: 0.5, active: true, tags: ["a", "b"], author: { name: "Ada", age: 36 },
}))
routerAdd("GET", "/js/record/:id", (c) => c.json(200, $app.dao().findRecordById("posts", c.pathParam("id"))))
routerAdd("GET", "/js/fib", (c) => {
  const fib = (n) => n < 2 ? n : fib(n - 1) + fib(n - 2)
  return c.string(200, String(fib(22)))
})
routerAdd("GET", "/js/wait", (c) => { sleep(1); return c.string(200, "waited") })
`

func goRoutes(app *core.App, router *echo.Echo) {
	router.GET("/go/json", func(c *echo.Context) error {
		return c.JSON(http.StatusOK, map[string]any{
			"id": "abc", "title": "A title", "views": 12, "ratio": 0.5, "active": true, "tags": []any{"a", "b"},
			"author": map[string]any{"name": "Ada", "age": 36},
		})
	})
	router.GET("/go/record/:id", func(c *echo.Context) error {
		record, err := app.Dao().FindRecordById("posts", c.Param("id"))
		if err != nil {
			return err
		}
		return c.JSON(http.StatusOK, record)
	})
}

// site is an app of its own with one record, its router, and a server that
// listens with it.
type site struct {
	app    *core.App
	record string
	router *echo.Echo
	server *http.Server
	conn   net.Conn
	reader *bufio.Reader
}

// site returns the one whose scripts have a pool of the given size.
func (b *bench) site(pool int) (*site, error) {
	if s := b.sites[pool]; s != nil {
		return s, nil
	}
	s := &site{}
	b.sites[pool] = s
	dir := filepath.Join(b.dir, fmt.Sprint("site", pool))
	app, err := openApp(dir, siteScript, pool)
	if err != nil {
		return nil, err
	}
	s.app = app
	world := &bench{app: app}
	if err := world.collection("posts"); err != nil {
		return nil, err
	}
	c, err := app.Dao().FindCollectionByNameOrId("posts")
	if err != nil {
		return nil, err
	}
	record := world.newRecord(c)
	if err := app.Dao().SaveRecord(record); err != nil {
		return nil, err
	}
	s.record = record.Id
	return s, s.serve()
}

// openApp returns a running app with one script.
func openApp(dir, script string, pool int) (*core.App, error) {
	hooks := filepath.Join(dir, "pb_hooks")
	if err := os.MkdirAll(hooks, 0o750); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(hooks, "bench.pb.js"), []byte(script), 0o600); err != nil {
		return nil, err
	}
	app := core.New(core.Config{DataDir: filepath.Join(dir, "pb_data")})
	if err := jsvm.Register(app, jsvm.Config{HooksDir: hooks, HooksPoolSize: pool}); err != nil {
		return nil, err
	}
	if err := app.Bootstrap(); err != nil {
		return nil, err
	}
	if _, err := app.Migrate(); err != nil {
		return nil, err
	}
	app.Settings().Logs.MaxDays = 0
	return app, nil
}

// serve listens and connects to itself.
func (s *site) serve() (err error) {
	if s.router, err = apis.InitApi(s.app); err != nil {
		return err
	}
	goRoutes(s.app, s.router)
	s.server = &http.Server{Handler: s.router, ReadHeaderTimeout: time.Minute}
	if err := s.app.OnBeforeServe().Trigger(&core.ServeEvent{App: s.app, Router: s.router, Server: s.server}); err != nil {
		return err
	}
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	go func() { _ = s.server.Serve(listener) }()
	if s.conn, err = (&net.Dialer{}).DialContext(context.Background(), "tcp", listener.Addr().String()); err != nil {
		return err
	}
	s.reader = bufio.NewReader(s.conn)
	return nil
}

func (s *site) close() error {
	var err error
	if s.conn != nil {
		err = s.conn.Close()
	}
	if s.server != nil {
		err = errors.Join(err, s.server.Close())
	}
	if s.app != nil {
		err = errors.Join(err, s.app.ResetBootstrapState())
	}
	return err
}

// answer is a response that is only counted.
type answer struct {
	header http.Header
	status int
	size   int
}

// Header implements [http.ResponseWriter].
func (a *answer) Header() http.Header { return a.header }

// WriteHeader implements [http.ResponseWriter].
func (a *answer) WriteHeader(code int) { a.status = code }

// Write implements [http.ResponseWriter].
func (a *answer) Write(p []byte) (int, error) {
	a.size += len(p)
	return len(p), nil
}

// direct asks the router, without a connection. Safe for concurrent use.
func (s *site) direct(path string) error {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	a := &answer{header: http.Header{}}
	s.router.ServeHTTP(a, r)
	if a.status != http.StatusOK || a.size == 0 {
		return fmt.Errorf("%s: status %d", path, a.status)
	}
	return nil
}

// network asks the server, over a connection that is kept.
func (s *site) network(path string) error {
	if _, err := io.WriteString(s.conn, "GET "+path+" HTTP/1.1\r\nHost: bench\r\n\r\n"); err != nil {
		return err
	}
	resp, err := http.ReadResponse(s.reader, nil)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	size, err := io.Copy(io.Discard, resp.Body)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK || size == 0 {
		return fmt.Errorf("%s: %s", path, resp.Status)
	}
	return nil
}
