package apis_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core/coretest"
)

func TestClientAddress(t *testing.T) {
	t.Parallel()
	answerIP := route("/ip", func(c *echo.Context) error { return c.String(http.StatusOK, c.RealIP()) })
	const forwarded, realIP, cloudflare = "X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP"
	for _, tt := range []struct {
		name    string
		trusted []string
		header  map[string]string
		want    string
	}{
		{"no header", nil, nil, "127.0.0.1"},
		{"first forwarded", nil, map[string]string{forwarded: " , 8.8.8.8, 1.2.3.4"}, "8.8.8.8"},
		{"order of headers", nil, map[string]string{forwarded: "1.1.1.1", realIP: "2.2.2.2", cloudflare: "3.3.3.3"}, "3.3.3.3"},
		{"brackets", nil, map[string]string{realIP: "[2001:db8::1]"}, "2001:db8::1"},
		{"empty header", nil, map[string]string{realIP: ", ,", forwarded: "1.1.1.1"}, "1.1.1.1"},
		{"nobody is trusted", []string{"none"}, map[string]string{forwarded: "8.8.8.8"}, "127.0.0.1"},
		{"another is trusted", []string{"10.0.0.0/8"}, map[string]string{forwarded: "8.8.8.8"}, "127.0.0.1"},
		{"invented by the client", []string{"127.0.0.1", "10.0.0.0/8"}, map[string]string{forwarded: "8.8.8.8, 1.2.3.4, 10.0.0.7"}, "1.2.3.4"},
		{"invented in another header", []string{"127.0.0.1"}, map[string]string{cloudflare: "8.8.8.8", realIP: "9.9.9.9", forwarded: "1.2.3.4"}, "1.2.3.4"},
		{"not forwarded", []string{"127.0.0.1"}, map[string]string{realIP: "1.2.3.4"}, "1.2.3.4"},
		{"only proxies", []string{"127.0.0.0/8", "10.0.0.0/8"}, map[string]string{forwarded: "10.0.0.9, 10.0.0.7"}, "10.0.0.9"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := serveWith(t, apis.ServeConfig{TrustedProxies: tt.trusted}, answerIP)
			if got := s.do(call{method: http.MethodGet, path: "/ip", header: tt.header}); got.body != tt.want {
				t.Errorf("got %q, want %q", got.body, tt.want)
			}
		})
	}
}

// TestClientAddressInTwoLines has a proxy that adds a line of its own to the one of the client.
func TestClientAddressInTwoLines(t *testing.T) {
	t.Parallel()
	answerIP := route("/ip", func(c *echo.Context) error { return c.String(http.StatusOK, c.RealIP()) })
	for want, trusted := range map[string][]string{"8.8.8.8": nil, "1.2.3.4": {"127.0.0.1"}} {
		s := serveWith(t, apis.ServeConfig{TrustedProxies: trusted}, answerIP)
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.url+"/ip", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header["X-Forwarded-For"] = []string{"8.8.8.8", "1.2.3.4"}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil || string(got) != want {
			t.Errorf("with the proxies %q: got %q, %v, want %q", trusted, got, err, want)
		}
	}
}

func TestTrustedProxiesMustBeAddresses(t *testing.T) {
	t.Parallel()
	err := apis.Serve(coretest.New(t), apis.ServeConfig{HttpAddr: "127.0.0.1:0", TrustedProxies: []string{"proxy.local"}})
	if err == nil || !strings.Contains(err.Error(), `"proxy.local"`) {
		t.Errorf("got %v", err)
	}
}
