package apis_test

import (
	"net/http"
	"strconv"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/apis"
)

func TestRateLimits(t *testing.T) {
	t.Parallel()
	s := serveWith(t, apis.ServeConfig{RateLimits: []apis.RateLimit{
		{Group: "auth", Requests: 2, Window: time.Hour},
		{Group: "read", Requests: 1, Window: time.Hour},
	}})
	signIn := func(ip string) answer {
		return s.do(call{
			method: http.MethodPost, path: "/api/collections/users/auth-with-password", body: `{"identity":"x","password":"y"}`,
			header: map[string]string{"X-Forwarded-For": ip, "Origin": "http://example.com"},
		})
	}
	for i, want := range []int{400, 400, 429} {
		if got := signIn("1.1.1.1"); got.status != want {
			t.Fatalf("attempt %d: %d %s", i, got.status, got.body)
		}
	}
	refused := signIn("1.1.1.1")
	if wait, err := strconv.Atoi(refused.header.Get("Retry-After")); err != nil || wait < 1 || wait > 1800 {
		t.Errorf("Retry-After %q", refused.header.Get("Retry-After"))
	}
	if refused.body != `{"code":429,"message":"Too many requests, try again later.","data":{}}`+"\n" {
		t.Errorf("body %s", refused.body)
	}
	if refused.header.Get("Access-Control-Allow-Origin") == "" {
		t.Error("a browser cannot read the answer")
	}
	if got := signIn("2.2.2.2"); got.status != 400 {
		t.Errorf("another client: %d", got.status)
	}
	s.expect([]expectation{
		{name: "another group", call: call{path: "/api/collections/users/records"}, status: 200},
		{name: "the other limit", call: call{path: "/api/collections/users/records"}, status: 429},
		{name: "no limit", call: call{path: "/api/health"}, status: 200},
	})
	for _, ip := range []string{"2001:db8::1", "2001:db8::2"} {
		signIn(ip)
	}
	if got := signIn("2001:db8::3"); got.status != 429 {
		t.Errorf("an IPv6 client that changes its address: %d", got.status)
	}
}

func TestParseRateLimit(t *testing.T) {
	t.Parallel()
	got, err := apis.ParseRateLimit("write=100/10s")
	if want := (apis.RateLimit{Group: "write", Requests: 100, Window: 10 * time.Second}); err != nil || got != want {
		t.Errorf("got %v %v", got, err)
	}
	for _, text := range []string{"", "auth", "auth=1", "auth=x/1m", "auth=0/1m", "auth=1/x", "auth=1/-1m", "nope=1/1m"} {
		if limit, err := apis.ParseRateLimit(text); err == nil {
			t.Errorf("%q: %v", text, limit)
		}
	}
}
