package apis_test

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// logged returns the data of the entry with the message.
func (s *server) logged(message string) map[string]any {
	s.t.Helper()
	if handler, ok := s.app.Logger().Handler().(interface{ Flush(ctx context.Context) }); ok {
		handler.Flush(s.t.Context())
	}
	entry := &models.Log{}
	if err := s.app.LogsDao().LogQuery().AndWhere(dbx.HashExp{"message": message}).Limit(1).One(entry); err != nil {
		s.t.Fatalf("no log entry %q: %v", message, err)
	}
	return entry.Data
}

func TestRequestLog(t *testing.T) {
	t.Parallel()
	meant := apis.NewForbiddenError("meant", map[string]any{"title": validation.NewError("code", "text")})
	s := serve(t, route("/fails", failing(errors.New("the cause"))),
		route("/replaced", failing(apis.NewBadRequestError("general", fmt.Errorf("save: %w", meant)))))
	token := s.admin("a@example.com")
	s.do(call{method: "GET", path: "/api/collections?token=secret&x=a%20b", token: token, header: map[string]string{
		"X-Forwarded-For": "10.1.2.3, 127.0.0.1", "User-Agent": "tester", "Referer": "https://example.com/a?code=secret&b=1",
	}})
	s.do(call{method: "GET", path: "/fails"})
	s.do(call{method: "GET", path: "/replaced"})
	for _, path := range []string{"/api/health", "/api/logs", "/api/oauth2-redirect"} { // these are not logged
		s.do(call{method: "GET", path: path, token: token})
	}
	s.do(call{method: "GET", path: "/api/nope"})

	entry := s.logged("GET /api/collections?token=******&x=a b")
	for key, want := range map[string]string{
		"type": "request", "method": "GET", "status": "200", "auth": "admin", "userIp": "10.1.2.3",
		"remoteIp": "127.0.0.1", "userAgent": "tester", "referer": "https://example.com/a?code=******&b=1", "url": "/api/collections?token=******&x=a%20b",
	} {
		if got := fmt.Sprint(entry[key]); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	entry = s.logged("GET /fails")
	if fmt.Sprint(entry["status"]) != "400" || !strings.HasPrefix(fmt.Sprint(entry["error"]), "Something went wrong") || entry["details"] != "the cause" {
		t.Errorf("failure: %v", entry)
	}
	entry = s.logged("GET /replaced")
	if want := `save: Meant. (403 {"title":{"code":"code","message":"Text."}})`; entry["details"] != want {
		t.Errorf("details %q, want %q", entry["details"], want)
	}
	s.logged("GET /api/nope")
	got := s.do(call{method: "GET", path: "/api/logs?sort=-rowid&filter=" + url.QueryEscape("data.status >= 400"), token: token})
	if got.status != 200 || !strings.Contains(got.body, "/api/nope") {
		t.Errorf("list: %d %s", got.status, got.body)
	}
	if got := s.do(call{method: "GET", path: "/api/logs?fields=data.url", token: token}); strings.Count(got.body, `"url"`) != 4 {
		t.Errorf("four requests are logged, got %s", got.body)
	}
	s.expect([]expectation{
		{call: call{path: "/api/logs/stats", token: token}, status: 200, contains: []string{`"total":`}},
		{call: call{path: "/api/logs/stats?filter=x", token: token}, status: 400, contains: []string{"Invalid filter format."}},
		{call: call{path: "/api/logs?sort=@rowid", token: token}, status: 400},
		{call: call{path: "/api/logs/none", token: token}, status: 404},
		{call: call{path: "/api/logs"}, status: 401},
	})
}
