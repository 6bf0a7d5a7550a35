package apis_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
)

const notFoundBody = `{"code":404,"message":"Not Found.","data":{}}` + "\n"

func TestRouting(t *testing.T) {
	t.Parallel()
	public := t.TempDir()
	write(t, filepath.Join(public, "a.txt"), "A file")
	write(t, filepath.Join(public, "sub", "index.html"), "<b>sub</b>")
	write(t, filepath.Join(filepath.Dir(public), "secret.txt"), "secret")
	s := serveWith(t, apis.ServeConfig{PublicDir: public},
		route("/p/:id", func(c *echo.Context) error { return c.String(http.StatusOK, c.Param("id")) }))

	for _, tc := range []struct {
		method, path string
		status       int
		body         string
	}{
		{"GET", "/api/health", 200, `{"message":"API is healthy.","code":200,"data":{"canBackup":true}}` + "\n"},
		{"GET", "/api/health/", 200, `{"message":"API is healthy.","code":200,"data":{"canBackup":true}}` + "\n"},
		{"HEAD", "/api/health", 200, ""},
		{"PUT", "/api/health", 404, notFoundBody},
		{"GET", "/api", 404, notFoundBody},
		{"GET", "/api/", 404, notFoundBody},
		{"POST", "/api/nope/deeper", 404, notFoundBody},
		{"HEAD", "/api/nope", 404, ""},
		{"GET", "/p/a%20b%2Fc", 200, "a b/c"},
		{"GET", "/a.txt", 200, "A file"},
		{"GET", "/sub", 200, "<b>sub</b>"},
		{"GET", "/sub/", 200, "<b>sub</b>"},
		{"GET", "/none.txt", 404, notFoundBody},
		{"GET", "/..%2fsecret.txt", 404, notFoundBody},
		{"GET", "/%00", 404, notFoundBody},
		{"POST", "/a.txt", 405, `{"code":405,"message":"Method Not Allowed.","data":{}}` + "\n"},
		{"HEAD", "/a.txt", 405, ""},
		{"GET", "/_/missing.js", 404, notFoundBody},
	} {
		got := s.do(call{method: tc.method, path: tc.path})
		if got.status != tc.status || got.body != tc.body {
			t.Errorf("%s %s: %d %q, want %d %q", tc.method, tc.path, got.status, got.body, tc.status, tc.body)
		}
		for name, want := range map[string]string{
			"Vary": "Origin", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "SAMEORIGIN", "X-Xss-Protection": "1; mode=block",
		} {
			if got.header.Get(name) != want {
				t.Errorf("%s %s: header %s is %q", tc.method, tc.path, name, got.header.Get(name))
			}
		}
	}
	if got := s.do(call{method: "POST", path: "/a.txt"}); got.header.Get("Allow") != "OPTIONS, GET" {
		t.Errorf("Allow: %q", got.header.Get("Allow"))
	}
}

func TestIndexFallback(t *testing.T) {
	t.Parallel()
	public := t.TempDir()
	write(t, filepath.Join(public, "index.html"), "<b>app</b>")
	s := serveWith(t, apis.ServeConfig{PublicDir: public, IndexFallback: true})
	s.expect([]expectation{
		{call: call{path: "/"}, status: 200, contains: []string{"<b>app</b>"}},
		{call: call{path: "/any/deep/link"}, status: 200, contains: []string{"<b>app</b>"}},
		{call: call{path: "/api/any"}, status: 404, contains: []string{"Not Found."}},
	})
}

func TestStaticDirectoryHandler(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "site", "a.txt"), "A file")
	write(t, filepath.Join(dir, "b.txt"), "outside")
	s := serve(t, route("/site/*", apis.StaticDirectoryHandler(os.DirFS(filepath.Join(dir, "site")), false)))
	s.expect([]expectation{
		{call: call{path: "/site/a.txt"}, status: 200, contains: []string{"A file"}},
		{call: call{path: "/site/..%2fb.txt"}, status: 404},
		{call: call{path: "/site/../b.txt"}, status: 404},
		{call: call{path: "/site/"}, status: 404},
	})
}

func TestCORS(t *testing.T) {
	t.Parallel()
	s := serveWith(t, apis.ServeConfig{AllowedOrigins: []string{"https://one.test"}})
	for _, tc := range []struct {
		method, origin, allowed string
		status                  int
	}{
		{"OPTIONS", "https://one.test", "https://one.test", 204},
		{"OPTIONS", "https://two.test", "", 204},
		{"GET", "https://one.test", "https://one.test", 200},
		{"GET", "https://two.test", "", 200},
		{"GET", "", "", 200},
	} {
		got := s.do(call{method: tc.method, path: "/api/health", header: map[string]string{
			"Origin": tc.origin, "Access-Control-Request-Method": "PUT", "Access-Control-Request-Headers": "X-A, X-B",
		}})
		if got.status != tc.status || got.header.Get("Access-Control-Allow-Origin") != tc.allowed {
			t.Errorf("%s from %q: %d, allowed %q", tc.method, tc.origin, got.status, got.header.Get("Access-Control-Allow-Origin"))
		}
		if tc.method == "OPTIONS" && tc.allowed != "" {
			if got.header.Get("Access-Control-Allow-Headers") != "X-A, X-B" ||
				got.header.Get("Access-Control-Allow-Methods") != "GET,HEAD,PUT,PATCH,POST,DELETE" ||
				strings.Join(got.header.Values("Vary"), ",") != "Origin,Access-Control-Request-Method,Access-Control-Request-Headers" {
				t.Errorf("preflight headers: %v", got.header)
			}
		}
	}
}

func TestInstallerRedirect(t *testing.T) {
	t.Parallel()
	s := serve(t)
	location := func(path string) (int, string) {
		got := s.do(call{method: "GET", path: path, header: map[string]string{"Host": "evil.test"}})
		return got.status, got.header.Get("Location")
	}
	for _, tc := range []struct{ path, target string }{
		{"/_", "_/"}, {"/_/", "?installer#"}, {"/_/index.html", "?installer#"}, {"/_/?installer", ""},
	} {
		if status, target := location(tc.path); target != tc.target || (target != "") != (status == 307) {
			t.Errorf("without admins %s: %d %q", tc.path, status, target)
		}
	}
	s.admin("a@example.com")
	for _, tc := range []struct{ path, target string }{{"/_/", ""}, {"/_/?installer", "?"}} {
		if status, target := location(tc.path); target != tc.target || (target != "") != (status == 307) {
			t.Errorf("with an admin %s: %d %q", tc.path, status, target)
		}
	}
}

func TestGuards(t *testing.T) {
	t.Parallel()
	ok := func(c *echo.Context) error { return c.String(http.StatusOK, "ok") }
	s := serve(t, func(app *core.App) {
		for path, guard := range map[string]echo.MiddlewareFunc{
			"/guest":       apis.RequireGuestOnly(),
			"/record":      apis.RequireRecordAuth(),
			"/record/none": apis.RequireRecordAuth("nobody"),
			"/admin":       apis.RequireAdminAuth(),
			"/ifany":       apis.RequireAdminAuthOnlyIfAny(app),
			"/either":      apis.RequireAdminOrRecordAuth("users"),
			"/owner/:id":   apis.RequireAdminOrOwnerAuth(""),
		} {
			route(path, ok, guard)(app)
		}
	})
	if got := s.do(call{method: "GET", path: "/ifany"}); got.status != 200 {
		t.Errorf("without admins anybody may pass: %d", got.status)
	}
	admin := s.admin("a@example.com")
	record, user := s.user("tester", nil)
	other, _ := s.user("other", nil)
	for _, tc := range []struct {
		path                string
		guest, user, admins int
	}{
		{"/guest", 200, 400, 400},
		{"/record", 401, 200, 401},
		{"/record/none", 401, 403, 401},
		{"/admin", 401, 401, 200},
		{"/ifany", 401, 401, 200},
		{"/either", 401, 200, 200},
		{"/owner/" + record.Id, 401, 200, 200},
		{"/owner/" + other.Id, 401, 403, 200},
	} {
		for token, want := range map[string]int{"": tc.guest, "garbage": tc.guest, user: tc.user, "Bearer " + admin: tc.admins} {
			if got := s.do(call{method: "GET", path: tc.path, token: token}); got.status != want {
				t.Errorf("%s with %.10q: %d, want %d", tc.path, token, got.status, want)
			}
		}
	}
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
