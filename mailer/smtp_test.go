package mailer_test

import (
	"bytes"
	"errors"
	"io"
	"log"
	"maps"
	"mime"
	"mime/multipart"
	"net"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"github.com/tackleboxdev/tacklebox/mailer"
)

// sink is a real SMTP server that keeps what it receives.
type sink struct {
	mu       sync.Mutex
	sessions []*session
	methods  []string
}

type session struct {
	sink       *sink
	from       string
	to         []string
	data       []byte
	user, pass string
	hello      string // what the client calls itself
	encrypted  bool
}

func (s *sink) NewSession(c *smtp.Conn) (smtp.Session, error) {
	_, encrypted := c.TLSConnectionState()
	return &session{sink: s, hello: c.Hostname(), encrypted: encrypted}, nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error { s.from = from; return nil }

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	if strings.HasPrefix(to, "refused@") {
		return &smtp.SMTPError{Code: 550, Message: "no such mailbox"}
	}
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.data = data
	s.sink.mu.Lock()
	defer s.sink.mu.Unlock()
	s.sink.sessions = append(s.sink.sessions, s)
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

func (s *session) AuthMechanisms() []string { return s.sink.methods }

func (s *session) Auth(mech string) (sasl.Server, error) {
	check := func(user, pass string) error {
		if pass != "secret" {
			return errors.New("wrong password")
		}
		s.user, s.pass = user, pass
		return nil
	}
	if mech == sasl.Plain {
		return sasl.NewPlainServer(func(_, user, pass string) error { return check(user, pass) }), nil
	}
	return &loginServer{check: check}, nil
}

// loginServer is the server side of AUTH LOGIN, which go-sasl leaves out.
type loginServer struct {
	check func(user, pass string) error
	step  int
	user  string
}

func (l *loginServer) Next(response []byte) ([]byte, bool, error) {
	l.step++
	switch l.step {
	case 1:
		return []byte("Username:"), false, nil
	case 2:
		l.user = string(response)
		return []byte("Password:"), false, nil
	default:
		return nil, true, l.check(l.user, string(response))
	}
}

// startSink runs a sink until the test ends and returns a client for it.
func startSink(t *testing.T, methods ...string) (*sink, *mailer.SMTPClient) {
	t.Helper()
	s := &sink{methods: methods}
	server := smtp.NewServer(s)
	server.AllowInsecureAuth = true
	return s, s.run(t, server, listen(t, "127.0.0.1:0"))
}

func listen(t *testing.T, addr string) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

// run serves until the test ends and returns a client for it.
func (s *sink) run(t *testing.T, server *smtp.Server, listener net.Listener) *mailer.SMTPClient {
	t.Helper()
	server.Domain = "localhost"
	server.ErrorLog = log.New(io.Discard, "", 0)
	done := make(chan error, 1)
	go func() { done <- server.Serve(listener) }()
	t.Cleanup(func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
		<-done
	})
	addr := listener.Addr().(*net.TCPAddr)
	return &mailer.SMTPClient{Host: addr.IP.String(), Port: addr.Port}
}

func (s *sink) single(t *testing.T) *session {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.sessions) != 1 {
		t.Fatalf("%d messages arrived, want 1", len(s.sessions))
	}
	return s.sessions[0]
}

func testMessage() *mailer.Message {
	return &mailer.Message{
		From:    mail.Address{Name: "Súpport", Address: "support@example.com"},
		To:      []mail.Address{{Address: "to@example.com"}},
		Subject: "Vérify",
		HTML:    `<p>Hello</p><ul><li>one</li></ul><a class="btn" href="http://x/y?a=1&amp;b=2">Verify</a>`,
	}
}

func TestSMTPSend(t *testing.T) {
	t.Parallel()
	s, client := startSink(t)
	m := testMessage()
	m.To = append(m.To, mail.Address{Name: "Tó Two", Address: "two@example.com"})
	m.Cc = []mail.Address{{Address: "cc@example.com"}}
	m.Bcc = []mail.Address{{Address: "bcc@example.com"}}
	m.Headers = map[string]string{"X-Custom": "yes"}
	m.Attachments = map[string]io.Reader{"a.txt": strings.NewReader("attached")}
	if err := client.Send(m); err != nil {
		t.Fatal(err)
	}
	got := s.single(t)
	slices.Sort(got.to)
	if got.from != "support@example.com" || strings.Join(got.to, ",") != "bcc@example.com,cc@example.com,to@example.com,two@example.com" {
		t.Fatalf("envelope %s -> %v", got.from, got.to)
	}
	parsed, err := mail.ReadMessage(bytes.NewReader(got.data))
	if err != nil {
		t.Fatal(err)
	}
	subject, err := new(mime.WordDecoder).DecodeHeader(parsed.Header.Get("Subject"))
	if err != nil || subject != "Vérify" {
		t.Errorf("subject %q, %v", subject, err)
	}
	if to := parsed.Header["To"]; len(to) != 1 || to[0] != "to@example.com, =?utf-8?q?T=C3=B3_Two?= <two@example.com>" {
		t.Errorf("to %q", to)
	}
	if cc := parsed.Header["Cc"]; len(cc) != 1 || cc[0] != "cc@example.com" {
		t.Errorf("cc %q", cc)
	}
	if parsed.Header.Get("X-Custom") != "yes" || parsed.Header.Get("Bcc") != "" || parsed.Header.Get("Date") == "" {
		t.Errorf("headers %v", parsed.Header)
	}
	if id := parsed.Header.Get("Message-Id"); !strings.HasSuffix(id, "@example.com>") || len(id) != len("<123456789012345@example.com>") {
		t.Errorf("message id %q", id)
	}
	parts := readParts(t, parsed.Header.Get("Content-Type"), parsed.Body)
	if parts["text/plain"] != "Hello\r\n\r\n- one\r\n\r\n[Verify](http://x/y?a=1&b=2)" {
		t.Errorf("text part %q", parts["text/plain"])
	}
	if parts["text/html"] != m.HTML {
		t.Errorf("html part %q", parts["text/html"])
	}
	if parts["a.txt"] == "" {
		t.Errorf("parts %v", parts)
	}
}

// readParts flattens a multipart body: content by media type, or by file name
// for attachments.
func readParts(t *testing.T, contentType string, body io.Reader) map[string]string {
	t.Helper()
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	reader := multipart.NewReader(body, params["boundary"])
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			return parts
		}
		if err != nil {
			t.Fatal(err)
		}
		kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(kind, "multipart/") {
			maps.Copy(parts, readParts(t, part.Header.Get("Content-Type"), part))
			continue
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		if name := part.FileName(); name != "" {
			kind = name
		}
		parts[kind] = string(content)
	}
}

func TestSMTPAuth(t *testing.T) {
	t.Parallel()
	for _, method := range []string{"", mailer.AuthPlain, mailer.AuthLogin} {
		t.Run("method "+method, func(t *testing.T) {
			t.Parallel()
			s, client := startSink(t, sasl.Plain, "LOGIN")
			client.Username, client.Password, client.AuthMethod = "user", "secret", method
			if err := client.Send(testMessage()); err != nil {
				t.Fatal(err)
			}
			if got := s.single(t); got.user != "user" || got.pass != "secret" {
				t.Fatalf("signed in as %q with %q", got.user, got.pass)
			}
		})
	}
	t.Run("wrong password", func(t *testing.T) {
		t.Parallel()
		_, client := startSink(t, sasl.Plain)
		client.Username, client.Password = "user", "wrong"
		if err := client.Send(testMessage()); err == nil {
			t.Fatal("a wrong password must be reported")
		}
	})
}

func TestSMTPErrors(t *testing.T) {
	t.Parallel()
	s, client := startSink(t)
	for name, change := range map[string]func(m *mailer.Message){
		"refused recipient": func(m *mailer.Message) { m.To[0].Address = "refused@example.com" },
		"no recipient":      func(m *mailer.Message) { m.To = nil },
		"no sender":         func(m *mailer.Message) { m.From = mail.Address{} },
		"bad recipient":     func(m *mailer.Message) { m.To[0].Address = "no address\r\nBcc: x@y" },
		"header injection":  func(m *mailer.Message) { m.Headers = map[string]string{"X": "a\r\nBcc: x@y.z"} },
	} {
		m := testMessage()
		change(m)
		if err := client.Send(m); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	if len(s.sessions) != 0 {
		t.Error("nothing must be delivered")
	}
	unreachable := &mailer.SMTPClient{Host: "127.0.0.1", Port: 1}
	if err := unreachable.Send(testMessage()); err == nil {
		t.Error("an unreachable server must be reported")
	}
}

func TestCustomMessageID(t *testing.T) {
	t.Parallel()
	s, client := startSink(t)
	m := testMessage()
	m.Headers = map[string]string{"message-id": "<mine@example.com>"}
	m.Text = "own text"
	if err := client.Send(m); err != nil {
		t.Fatal(err)
	}
	data := string(s.single(t).data)
	if strings.Count(strings.ToLower(data), "message-id:") != 1 || !strings.Contains(data, "<mine@example.com>") || !strings.Contains(data, "own text") {
		t.Fatalf("message\n%s", data)
	}
}

func TestSMTPFieldsHoldNoHeaders(t *testing.T) {
	t.Parallel()
	s, client := startSink(t)
	m := testMessage()
	m.Subject = "Hi\r\nBcc: all@example.com\r\n\r\nbody"
	m.From.Name = "Support\r\nX-Injected: 1"
	if err := client.Send(m); err != nil {
		t.Fatal(err)
	}
	got := s.single(t)
	parsed, err := mail.ReadMessage(bytes.NewReader(got.data))
	if err != nil {
		t.Fatal(err)
	}
	if len(got.to) != 1 || parsed.Header.Get("Bcc") != "" || parsed.Header.Get("X-Injected") != "" || parsed.Header.Get("To") != "to@example.com" {
		t.Errorf("to %v, headers %v", got.to, parsed.Header)
	}

	for _, address := range []string{"a@example.com\r\nBcc: b@example.com", "a@example.com>\r\nRCPT TO:<b@example.com", "a@example.com, b@example.com"} {
		m := testMessage()
		m.To[0].Address = address
		if err := client.Send(m); err == nil {
			t.Errorf("sent to %q", address)
		}
	}
	m = testMessage()
	m.Headers = map[string]string{"X-A": "1\r\nBcc: b@example.com"}
	if err := client.Send(m); err == nil {
		t.Error("sent a header with a line break")
	}
}
