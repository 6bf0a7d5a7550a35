package apis_test

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/crypto/acme/autocert"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
)

const tlsHost = "example.test"

// certified is a server with certificates for a host and its www variant, which
// it finds where it keeps those that it got automatically.
type certified struct {
	*server
	roots *x509.CertPool
	addr  string // of the TLS listener
	plain string // of the other one
}

func serveTLS(t *testing.T, setup ...func(app *core.App)) *certified {
	t.Helper()
	c := &certified{roots: x509.NewCertPool(), plain: freeAddr(t)}
	cached := func(app *core.App) {
		for _, host := range []string{tlsHost, "www." + tlsHost} {
			cacheCertificate(t, app.DataDir(), host, c.roots)
		}
	}
	c.server = serveWith(t, apis.ServeConfig{
		HttpAddr: c.plain, HttpsAddr: "127.0.0.1:0", CertificateDomains: []string{tlsHost},
	}, append(setup, cached)...)
	c.addr = strings.TrimPrefix(c.url, "http://")
	c.url, c.transport = "https://"+tlsHost, c.reach(&tls.Config{RootCAs: c.roots})
	return c
}

// reach returns a transport that finds all hosts at the server.
func (c *certified) reach(config *tls.Config) *http.Transport {
	transport := &http.Transport{
		DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			target := c.plain
			if strings.HasSuffix(addr, ":443") {
				target = c.addr
			}
			return (&net.Dialer{}).DialContext(ctx, network, target)
		},
		TLSClientConfig: config, ForceAttemptHTTP2: true,
	}
	c.t.Cleanup(transport.CloseIdleConnections)
	return transport
}

func freeAddr(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().String()
}

// cacheCertificate stores a certificate that is not due for a renewal.
func cacheCertificate(t *testing.T, dataDir, host string, roots *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), DNSNames: []string{host},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(90 * 24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	content := slices.Concat(
		pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: private}),
		pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
	)
	dir := filepath.Join(dataDir, ".autocert_cache")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, host), content, 0o600); err != nil {
		t.Fatal(err)
	}
	roots.AppendCertsFromPEM(content)
}

func TestServeTLS(t *testing.T) {
	t.Parallel()
	var manager atomic.Pointer[autocert.Manager]
	c := serveTLS(t, func(app *core.App) {
		app.OnBeforeServe().Add(func(e *core.ServeEvent) error {
			manager.Store(e.CertManager)
			return nil
		})
	})
	if manager.Load().Cache != autocert.DirCache(filepath.Join(c.app.DataDir(), ".autocert_cache")) {
		t.Errorf("certificates are kept in %v", manager.Load().Cache)
	}
	got := c.do(call{method: "GET", path: "/api/health"})
	if got.status != 200 || got.header.Get("Strict-Transport-Security") != "" {
		t.Errorf("%d %v", got.status, got.header)
	}
	www := *c.server
	www.url = "https://www." + tlsHost
	if got := www.do(call{method: "POST", path: "/a%20b?x=1"}); got.status != 307 || got.header.Get("Location") != "https://example.test/a%20b?x=1" {
		t.Errorf("www: %d %v", got.status, got.header)
	}
	for name, config := range map[string]*tls.Config{
		"unknown host":      {ServerName: "other.test", InsecureSkipVerify: true},
		"no host":           {InsecureSkipVerify: true},
		"outdated protocol": {ServerName: tlsHost, RootCAs: c.roots, MinVersion: tls.VersionTLS10, MaxVersion: tls.VersionTLS11},
	} {
		conn, err := (&tls.Dialer{Config: config}).DialContext(t.Context(), "tcp", c.addr)
		if err == nil {
			_ = conn.Close()
			t.Errorf("%s: it answers", name)
		}
	}
}

// TestRedirectToTLS has the plain listener answer beside the other one.
func TestRedirectToTLS(t *testing.T) {
	t.Parallel()
	c := serveTLS(t)
	c.url = "http://" + tlsHost
	for _, tc := range []struct {
		method, path, location string
		status                 int
	}{
		{"GET", "/api/health?x=1", "https://example.test/api/health?x=1", 302},
		{"HEAD", "/", "https://example.test/", 302},
		{"POST", "/api/collections/users/auth-with-password", "", 400},
		{"GET", "/.well-known/acme-challenge/none", "", 404},
	} {
		if got := c.do(call{method: tc.method, path: tc.path}); got.status != tc.status || got.header.Get("Location") != tc.location {
			t.Errorf("%s %s: %d %v", tc.method, tc.path, got.status, got.header)
		}
	}
	c.url = "http://other.test"
	if got := c.do(call{method: "GET", path: "/.well-known/acme-challenge/none"}); got.status != 403 {
		t.Errorf("challenge for another host: %d %s", got.status, got.body)
	}
}

// TestRealtimeOverTLS streams to clients of both versions of HTTP.
func TestRealtimeOverTLS(t *testing.T) {
	t.Parallel()
	for _, version := range []int{1, 2} {
		t.Run("HTTP "+string(rune('0'+version)), func(t *testing.T) {
			t.Parallel()
			var versions, disconnects atomic.Int32
			c := serveTLS(t, func(app *core.App) {
				app.OnRealtimeConnectRequest().Add(func(e *core.RealtimeConnectEvent) error {
					versions.Store(int32(e.HttpContext.Request().ProtoMajor))
					return nil
				})
				app.OnRealtimeDisconnectRequest().Add(func(*core.RealtimeDisconnectEvent) error { disconnects.Add(1); return nil })
			})
			if version == 1 {
				transport := c.reach(&tls.Config{RootCAs: c.roots})
				transport.ForceAttemptHTTP2 = false
				c.transport = transport
			}
			c.notes("title != 'flush'")
			staying, leaving := c.subscribeTo("", "notes/*"), c.subscribeTo("", "notes/*")
			if got := versions.Load(); got != int32(version) {
				t.Fatalf("HTTP %d", got)
			}
			c.note(`{"title":"one"}`)
			for _, client := range []*sseClient{staying, leaving} {
				if got := titles(t, client.sync()); !slices.Equal(got, []string{"create one"}) {
					t.Errorf("news %v", got)
				}
			}
			leaving.cancel()
			c.gone(leaving.id)
			c.note(`{"title":"two"}`)
			if got := titles(t, staying.sync()); !slices.Equal(got, []string{"create two"}) {
				t.Errorf("news %v", got)
			}
			if err := c.app.Terminate(false); err != nil {
				t.Error(err)
			}
			staying.ended()
			if got := disconnects.Load(); got != 2 {
				t.Errorf("%d disconnects", got)
			}
		})
	}
}

// gone waits until a client is not registered any more.
func (s *server) gone(id string) {
	s.t.Helper()
	deadline := time.After(patience)
	retry := time.NewTicker(5 * time.Millisecond)
	defer retry.Stop()
	for {
		if _, err := s.app.SubscriptionsBroker().ClientById(id); err != nil {
			return
		}
		select {
		case <-retry.C:
		case <-deadline:
			s.t.Fatal("the client stays registered")
		}
	}
}

// TestRealtimeSlowReaderOfOneConnection shares a connection with a stream that
// nobody reads.
func TestRealtimeSlowReaderOfOneConnection(t *testing.T) {
	t.Parallel()
	c := serveTLS(t)
	c.notes("title != 'flush'")
	fine := c.subscribeTo("", "notes/*")
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/api/realtime", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := (&http.Client{Transport: c.transport}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	hello := make([]byte, len("id:")+40)
	if _, err := io.ReadFull(resp.Body, hello); err != nil || resp.ProtoMajor != 2 {
		t.Fatalf("HTTP %d: %q, %v", resp.ProtoMajor, hello, err)
	}
	slow := &sseClient{s: c.server, id: string(bytes.TrimPrefix(hello, []byte("id:")))}
	slow.subscribe("", "notes/*")
	c.flood(slow.id, fine)
	cancel()
	c.gone(slow.id)
	c.note(`{"title":"after"}`)
	if e := fine.next(); e.news(t).Record["title"] != "after" {
		t.Errorf("got %.100s", e.data)
	}
}
