package mailer_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/tackleboxdev/tacklebox/mailer"
)

// authority signs the certificates of test servers.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	key := newKey(t)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "test authority"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return &authority{cert: cert, key: key}
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func (a *authority) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	return pool
}

// server returns the configuration of a server with a certificate for an address.
func (a *authority) server(t *testing.T, ip string, expires time.Time) *tls.Config {
	t.Helper()
	key := newKey(t)
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: big.NewInt(2), IPAddresses: []net.IP{net.ParseIP(ip)},
		NotBefore: time.Now().Add(-2 * time.Hour), NotAfter: expires,
	}, a.cert, key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
}

// startEncrypted runs a sink that speaks TLS from the first byte, or offers STARTTLS.
func startEncrypted(t *testing.T, config *tls.Config, implicit bool) (*sink, *mailer.SMTPClient) {
	t.Helper()
	s := &sink{methods: []string{sasl.Plain, "LOGIN"}}
	listener := listen(t, "127.0.0.1:0")
	server := smtp.NewServer(s)
	server.TLSConfig = config
	if implicit {
		listener = tls.NewListener(listener, config)
	}
	client := s.run(t, server, listener)
	client.TLS = implicit
	return s, client
}

// TestSMTPEncrypted signs in where the server takes passwords on encrypted
// connections only.
func TestSMTPEncrypted(t *testing.T) {
	t.Parallel()
	ca := newAuthority(t)
	config := ca.server(t, "127.0.0.1", time.Now().Add(time.Hour))
	for _, tc := range []struct {
		method, localName string
		implicit          bool
	}{
		{mailer.AuthPlain, "", false},
		{mailer.AuthLogin, "app.example.com", false},
		{"", "app.example.com", true},
		{mailer.AuthLogin, "", true},
	} {
		s, client := startEncrypted(t, config, tc.implicit)
		client.Username, client.Password, client.AuthMethod, client.LocalName = "user", "secret", tc.method, tc.localName
		client.Trust(ca.pool())
		if err := client.Send(testMessage()); err != nil {
			t.Errorf("%+v: %v", tc, err)
			continue
		}
		got, hello := s.single(t), tc.localName
		if hello == "" {
			hello = "localhost"
		}
		if !got.encrypted || got.user != "user" || got.pass != "secret" || got.hello != hello {
			t.Errorf("%+v: encrypted %v, signed in as %q with %q, called itself %q", tc, got.encrypted, got.user, got.pass, got.hello)
		}
	}
}

// TestSMTPCertificates sends nothing to a server that does not prove who it is.
func TestSMTPCertificates(t *testing.T) {
	t.Parallel()
	ca, later := newAuthority(t), time.Now().Add(time.Hour)
	for name, tc := range map[string]struct {
		config *tls.Config
		roots  *x509.CertPool
	}{
		"other authority":        {newAuthority(t).server(t, "127.0.0.1", later), ca.pool()},
		"unknown to the machine": {ca.server(t, "127.0.0.1", later), nil},
		"other address":          {ca.server(t, "127.0.0.9", later), ca.pool()},
		"expired":                {ca.server(t, "127.0.0.1", time.Now().Add(-time.Minute)), ca.pool()},
	} {
		for _, implicit := range []bool{false, true} {
			s, client := startEncrypted(t, tc.config, implicit)
			client.Username, client.Password = "user", "secret"
			client.Trust(tc.roots)
			err := client.Send(testMessage())
			if _, refused := errors.AsType[*tls.CertificateVerificationError](err); !refused {
				t.Errorf("%s, TLS from the start %v: %v", name, implicit, err)
			}
			if len(s.sessions) != 0 {
				t.Errorf("%s, TLS from the start %v: sent", name, implicit)
			}
		}
	}
}

// TestSMTPWithoutEncryption has a server that offers no STARTTLS: it gets mails,
// but a password only on this machine.
func TestSMTPWithoutEncryption(t *testing.T) {
	t.Parallel()
	listener, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skipf("no address of this machine that could be another one: %v", err)
	}
	s := &sink{methods: []string{sasl.Plain, "LOGIN"}}
	server := smtp.NewServer(s)
	server.AllowInsecureAuth = true
	client := s.run(t, server, listener)
	if err := client.Send(testMessage()); err != nil || s.single(t).encrypted {
		t.Errorf("without a password: %v", err)
	}
	for _, method := range []string{mailer.AuthPlain, mailer.AuthLogin} {
		client.Username, client.Password, client.AuthMethod = "user", "secret", method
		if err := client.Send(testMessage()); err == nil || !strings.Contains(err.Error(), "unencrypted connection") {
			t.Errorf("%s: %v", method, err)
		}
	}
	client.TLS = true
	if err := client.Send(testMessage()); err == nil {
		t.Error("a server without TLS is taken for one with it")
	}
	s.single(t)
}

// portEnv tells a child of the tests where its server listens.
const portEnv = "TACKLEBOX_TEST_SMTP_PORT"

// TestSMTPTrustsLikeTheMachine runs a process that is told of an authority the
// way operators do it.
func TestSMTPTrustsLikeTheMachine(t *testing.T) {
	t.Parallel()
	if port, err := strconv.Atoi(os.Getenv(portEnv)); err == nil {
		client := &mailer.SMTPClient{Host: "127.0.0.1", Port: port, TLS: true}
		if err := client.Send(testMessage()); err != nil {
			t.Fatal(err)
		}
		return
	}
	if runtime.GOOS != "linux" {
		t.Skip("the authorities of other systems are not in a file")
	}
	ca := newAuthority(t)
	s, client := startEncrypted(t, ca.server(t, "127.0.0.1", time.Now().Add(time.Hour)), true)
	file := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: ca.cert.Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(context.Background(), os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), portEnv+"="+strconv.Itoa(client.Port), "SSL_CERT_FILE="+file)
	if out, err := child.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	s.single(t)
}
