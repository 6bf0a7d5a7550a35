package jsvm

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// TestContextMembers checks what HTTP contexts of scripts do otherwise than those of the router.
func TestContextMembers(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("GET", "/blob", (c) => c.jsonBlob(200, "{}"));
		routerAdd("GET", "/socket", (c) => c.json(200, c.isWebSocket()));
		routerAdd("GET", "/route/:id/*", (c) => {
			const r = c.routeInfo();
			return c.json(200, [r.method(), r.path(), r.name(), r.params(), r.reverse(7, "x")]);
		});
		routerAdd("GET", "/file", (c) => c.file(__hooks + "/note.txt"));
		routerAdd("GET", "/none", (c) => c.file(__hooks + "/none.txt"));
		routerAdd("GET", "/down", (c) => c.attachment(__hooks + "/note.txt", 'a "b"\n.txt'));
		routerAdd("GET", "/show", (c) => c.inline(__hooks + "/note.txt", "n.txt"));`, "note.txt": "text"})
	for _, tt := range []struct{ path, contentType, body string }{
		{"/file", "text/plain; charset=utf-8", "text"},
		{"/none", "application/json; charset=UTF-8", `{"code":404,"message":"Not Found.","data":{}}` + "\n"},
		{"/down", `text/plain; charset=utf-8 attachment; filename="a \"b\"\n.txt"`, "text"},
		{"/show", `text/plain; charset=utf-8 inline; filename="n.txt"`, "text"},
		{"/blob", "application/json; charset=UTF-8", "{}"},
		{"/socket", "application/json; charset=UTF-8", "true\n"},
		{"/route/1/2/3", "application/json; charset=UTF-8", `["GET","/route/:id/*","GET:/route/:id/*",["id","*"],"/route/7/x"]` + "\n"},
	} {
		r := httptest.NewRequest(http.MethodGet, tt.path, http.NoBody)
		r.Header.Set("Upgrade", "websocket")
		w := httptest.NewRecorder()
		s.router.ServeHTTP(w, r)
		got := strings.TrimSpace(w.Header().Get("Content-Type") + " " + w.Header().Get("Content-Disposition"))
		if got != tt.contentType || w.Body.String() != tt.body {
			t.Errorf("%s: %s %s, want %s %s", tt.path, got, w.Body, tt.contentType, tt.body)
		}
	}
}

// TestBindErrors checks what clients learn of bodies that do not fit a model.
func TestBindErrors(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("POST", "/bind", (c) => {
			const model = new DynamicModel({ title: "", n: 0, tags: [] });
			c.bind(model);
			return c.json(200, model);
		});`})
	for _, tt := range []struct{ contentType, body, want string }{
		{"application/json", `{"title":"a","n":2,"tags":["x"]}`, `{"title":"a","n":2,"tags":["x"]}`},
		{"application/x-www-form-urlencoded", "title=a&n=2", `{"title":"a","n":2,"tags":[]}`},
		{"application/x-www-form-urlencoded", "n=two", `"Strconv.ParseInt: parsing \"two\": invalid syntax."`},
		{"application/x-www-form-urlencoded", "tags=x", `"Unknown type."`},
		{"application/json", "{bad", `"Invalid character 'b' looking for beginning of object key string."`},
		{"text/plain", "x", `"Unsupported content type."`},
	} {
		r := httptest.NewRequest(http.MethodPost, "/bind", strings.NewReader(tt.body))
		r.Header.Set("Content-Type", tt.contentType)
		w := httptest.NewRecorder()
		s.router.ServeHTTP(w, r)
		if !strings.Contains(w.Body.String(), tt.want) {
			t.Errorf("%s %s: %s, want %s", tt.contentType, tt.body, w.Body, tt.want)
		}
	}
}
