package jsvm

import (
	"net/http"
	"net/http/httptest"
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
		});`})
	for _, tt := range []struct{ path, contentType, body string }{
		{"/blob", "application/json; charset=UTF-8", "{}"},
		{"/socket", "application/json; charset=UTF-8", "true\n"},
		{"/route/1/2/3", "application/json; charset=UTF-8", `["GET","/route/:id/*","GET:/route/:id/*",["id","*"],"/route/7/x"]` + "\n"},
	} {
		r := httptest.NewRequest(http.MethodGet, tt.path, http.NoBody)
		r.Header.Set("Upgrade", "websocket")
		w := httptest.NewRecorder()
		s.router.ServeHTTP(w, r)
		if got := w.Header().Get("Content-Type"); got != tt.contentType || w.Body.String() != tt.body {
			t.Errorf("%s: %s %s, want %s %s", tt.path, got, w.Body, tt.contentType, tt.body)
		}
	}
}
