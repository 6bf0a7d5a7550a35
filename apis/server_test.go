package apis_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v5"
	"github.com/pocketbase/dbx"
	"golang.org/x/crypto/bcrypt"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/coretest"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// server is an app that listens on a port of its own until the test ends.
type server struct {
	t   *testing.T
	app *core.App
	url string
	// transport is how it is reached; nil means the usual one.
	transport http.RoundTripper
}

func serve(t *testing.T, setup ...func(app *core.App)) *server {
	t.Helper()
	return serveWith(t, apis.ServeConfig{}, setup...)
}

func serveWith(t *testing.T, config apis.ServeConfig, setup ...func(app *core.App)) *server {
	t.Helper()
	app := coretest.New(t)
	for _, fn := range setup {
		fn(app)
	}
	listening, done := make(chan net.Addr, 1), make(chan error, 1)
	if config.HttpsAddr == "" {
		config.HttpAddr = "127.0.0.1:0"
	}
	config.OnListen = func(addr net.Addr) { listening <- addr }
	go func() { done <- apis.Serve(app, config) }()
	select {
	case addr := <-listening:
		t.Cleanup(func() {
			if err := app.Terminate(false); err != nil {
				t.Errorf("terminate: %v", err)
			}
			if err := <-done; err != nil {
				t.Errorf("serve: %v", err)
			}
		})
		return &server{t: t, app: app, url: "http://" + addr.String()}
	case err := <-done:
		t.Fatalf("serve: %v", err)
		return nil
	}
}

// route adds a GET route before the server listens.
func route(path string, handler echo.HandlerFunc, middlewares ...echo.MiddlewareFunc) func(*core.App) {
	return func(app *core.App) {
		app.OnBeforeServe().Add(func(e *core.ServeEvent) error {
			e.Router.GET(path, handler, middlewares...)
			return nil
		})
	}
}

// call is one request of a test.
type call struct {
	method, path string
	token        string
	body         string // JSON, unless contentType says otherwise
	contentType  string
	header       map[string]string
}

type answer struct {
	status int
	header http.Header
	body   string
}

func (s *server) do(c call) answer {
	s.t.Helper()
	r, err := http.NewRequestWithContext(s.t.Context(), c.method, s.url+c.path, strings.NewReader(c.body))
	if err != nil {
		s.t.Fatal(err)
	}
	if c.contentType == "" && c.body != "" {
		c.contentType = "application/json"
	}
	if c.contentType != "" {
		r.Header.Set("Content-Type", c.contentType)
	}
	if c.token != "" {
		r.Header.Set("Authorization", c.token)
	}
	for name, value := range c.header {
		r.Header.Set(name, value)
	}
	client := &http.Client{Transport: s.transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{status: resp.StatusCode, header: resp.Header, body: string(raw)}
}

// json decodes the answer into a map.
func (a answer) json(t *testing.T) map[string]any {
	t.Helper()
	out := map[string]any{}
	if err := json.Unmarshal([]byte(a.body), &out); err != nil {
		t.Fatalf("decode %q: %v", a.body, err)
	}
	return out
}

// expectation is a request with what has to come back.
type expectation struct {
	name string
	call
	status   int
	contains []string
	lacks    []string
}

func (s *server) expect(list []expectation) {
	s.t.Helper()
	for _, e := range list {
		if e.method == "" {
			e.method = http.MethodGet
		}
		got := s.do(e.call)
		name := e.name
		if name == "" {
			name = e.method + " " + e.path
		}
		if got.status != e.status {
			s.t.Errorf("%s: status %d, want %d (%s)", name, got.status, e.status, got.body)
		}
		for _, text := range e.contains {
			if !strings.Contains(got.body, text) {
				s.t.Errorf("%s: %q is missing in %s", name, text, got.body)
			}
		}
		for _, text := range e.lacks {
			if strings.Contains(got.body, text) {
				s.t.Errorf("%s: %q is in %s", name, text, got.body)
			}
		}
	}
}

// admin stores an admin and returns a token of it.
func (s *server) admin(email string) string {
	s.t.Helper()
	admin := &models.Admin{Email: email, PasswordHash: "-"}
	_ = admin.RefreshTokenKey()
	if err := s.app.Dao().SaveAdmin(admin); err != nil {
		s.t.Fatal(err)
	}
	token, err := core.NewAdminAuthToken(s.app, admin)
	if err != nil {
		s.t.Fatal(err)
	}
	return token
}

// user stores an account and returns it with a token.
func (s *server) user(name string, values map[string]any) (*models.Record, string) {
	s.t.Helper()
	collection, err := s.app.Dao().FindCollectionByNameOrId("users")
	if err != nil {
		s.t.Fatal(err)
	}
	record := models.NewRecord(collection)
	record.Set("username", name)
	record.Set("email", name+"@example.com")
	record.Set("passwordHash", "-")
	record.Load(values)
	if err := s.app.Dao().SaveRecord(record); err != nil {
		s.t.Fatal(err)
	}
	token, err := core.NewRecordAuthToken(s.app, record)
	if err != nil {
		s.t.Fatal(err)
	}
	return record, token
}

// cheapen replaces the stored passwords of a table by hashes of the password that
// take no time to check.
func (s *server) cheapen(table, password string) {
	s.t.Helper()
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcrypt.MinCost)
	if err == nil {
		_, err = s.app.DB().Update(table, dbx.Params{"passwordHash": string(hash)}, dbx.NewExp("1=1")).Execute()
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// collection creates a collection from its JSON definition.
func (s *server) collection(token, definition string) string {
	s.t.Helper()
	got := s.do(call{method: http.MethodPost, path: "/api/collections", token: token, body: definition})
	if got.status != http.StatusOK {
		s.t.Fatalf("create collection: %d %s", got.status, got.body)
	}
	id, _ := got.json(s.t)["id"].(string)
	return id
}

// part is one part of a multipart body; with a filename it is an upload.
type part struct{ name, value, filename string }

func multipartBody(t *testing.T, parts ...part) (body, contentType string) {
	t.Helper()
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	for _, p := range parts {
		var target io.Writer
		var err error
		if p.filename != "" {
			target, err = w.CreateFormFile(p.name, p.filename)
		} else {
			target, err = w.CreateFormField(p.name)
		}
		if err == nil {
			_, err = io.WriteString(target, p.value)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.String(), w.FormDataContentType()
}
