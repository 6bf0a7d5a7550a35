package jsvm

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/mailer"
)

// bench is what a test puts in place of the world outside.
type bench struct {
	console   io.Writer
	transport http.RoundTripper
}

// client returns what requests to other servers are made with.
func (cfg Config) client() *http.Client {
	if cfg.bench != nil {
		return &http.Client{Transport: cfg.bench.transport}
	}
	if cfg.transport != nil {
		return &http.Client{Transport: cfg.transport}
	}
	return http.DefaultClient
}

// members are the native members of $test.
func (w *testWorld) members() members {
	return members{
		"asAdmin":  w.admin,
		"isForm":   func(v goja.Value) bool { _, ok := w.env.formOf(v); return ok },
		"request":  w.request,
		"answer":   w.network.prepare,
		"requests": func() (string, error) { return asJSON(w.network.list()) },
		"mails":    func() (string, error) { return asJSON(w.mails.list()) },
		"runs":     func() (string, error) { return asJSON(core.Runs(w.app, core.RunFilter{})) },
		"cron":     w.runJob,
	}
}

func asJSON(v any) (string, error) {
	text, err := json.Marshal(v)
	return string(text), err
}

// admin returns an admin, made when there is none.
func (w *testWorld) admin() (*models.Admin, error) {
	const email = "admin@test.example"
	if admin, err := w.app.Dao().FindAdminByEmail(email); err == nil {
		return admin, nil
	}
	admin := &models.Admin{Email: email}
	if err := admin.SetPassword(security.RandomString(20)); err != nil {
		return nil, err
	}
	return admin, w.app.Dao().SaveAdmin(admin)
}

// testRequest is a request to the app.
type testRequest struct {
	Method, Path, Type string
	Body               any // text or FormData
	Headers            map[string]string
	As                 any // a record, an admin, or a token
}

// testAnswer is what the app answers.
type testAnswer struct {
	Status  int
	Headers [][2]string
	Text    string
}

// request sends a request through the router of the app.
func (w *testWorld) request(config testRequest) (*testAnswer, error) {
	var body io.Reader
	contentType := config.Type
	switch content := config.Body.(type) {
	case nil:
	case *formData:
		var err error
		if body, contentType, err = content.encode(); err != nil {
			return nil, err
		}
	default:
		text, err := toText(content, 0)
		if err != nil {
			return nil, err
		}
		body = strings.NewReader(text)
	}
	if !strings.HasPrefix(config.Path, "/") {
		return nil, fmt.Errorf("the path %q must begin with a slash", config.Path)
	}
	req, err := http.NewRequestWithContext(context.Background(), strings.ToUpper(config.Method), "http://test.example"+config.Path, body)
	if err != nil {
		return nil, err
	}
	req.RequestURI = config.Path
	req.RemoteAddr = "127.0.0.1:1234"
	if contentType != "" {
		req.Header.Set("Content-Type", contentType)
	}
	token, err := w.token(config.As)
	if err != nil {
		return nil, err
	}
	if token != "" {
		req.Header.Set("Authorization", token)
	}
	for name, value := range config.Headers {
		req.Header.Set(name, value)
	}
	recorder := httptest.NewRecorder()
	w.router.ServeHTTP(recorder, req)
	answer := &testAnswer{Status: recorder.Code, Text: recorder.Body.String()}
	for name, values := range recorder.Header() {
		answer.Headers = append(answer.Headers, [2]string{strings.ToLower(name), strings.Join(values, ", ")})
	}
	slices.SortFunc(answer.Headers, func(a, b [2]string) int { return strings.Compare(a[0], b[0]) })
	return answer, nil
}

// token returns the token of somebody.
func (w *testWorld) token(who any) (string, error) {
	switch who := who.(type) {
	case nil:
		return "", nil
	case string:
		return who, nil
	case *models.Admin:
		return core.NewAdminAuthToken(w.app, who)
	case *models.Record:
		return core.NewRecordAuthToken(w.app, who)
	}
	return "", errors.New("the option as must be a record, an admin or a token")
}

// runJob runs a cron job now and waits for it.
func (w *testWorld) runJob(id string) error {
	g := w.host.current.Load()
	for _, h := range slices.Backward(g.handlers) {
		if h.kind == cronHandler && strings.HasPrefix(h.what, "cron "+id+" ") {
			return h.run(context.Background(), func(*environment) []goja.Value { return nil }, routeOutcome)
		}
	}
	return fmt.Errorf("there is no job %q", id)
}

// sentMails takes the place of the mail server. Safe for concurrent use.
type sentMails struct {
	mu   sync.Mutex
	sent []sentMail
}

// sentMail is a message as tests see it.
type sentMail struct {
	From        string            `json:"from"`
	To          []string          `json:"to"`
	Cc          []string          `json:"cc"`
	Bcc         []string          `json:"bcc"`
	Subject     string            `json:"subject"`
	HTML        string            `json:"html"`
	Text        string            `json:"text"`
	Headers     map[string]string `json:"headers"`
	Attachments map[string]string `json:"attachments"`
}

var _ mailer.Mailer = (*sentMails)(nil)

// Send keeps a message.
func (s *sentMails) Send(m *mailer.Message) error {
	if len(m.To)+len(m.Cc)+len(m.Bcc) == 0 {
		return errors.New("the message has no recipient")
	}
	mail := sentMail{
		From: m.From.Address, To: addresses(m.To), Cc: addresses(m.Cc), Bcc: addresses(m.Bcc),
		Subject: m.Subject, HTML: m.HTML, Text: m.Text, Headers: m.Headers, Attachments: map[string]string{},
	}
	for name, content := range m.Attachments {
		text, err := io.ReadAll(content)
		if err != nil {
			return fmt.Errorf("read attachment %s: %w", name, err)
		}
		mail.Attachments[name] = string(text)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent = append(s.sent, mail)
	return nil
}

func (s *sentMails) list() []sentMail {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]sentMail{}, s.sent...)
}

func addresses(list []mail.Address) []string {
	texts := make([]string, len(list))
	for i, address := range list {
		texts[i] = address.Address
	}
	return texts
}

// network takes the place of other servers. Safe for concurrent use.
type network struct {
	mu       sync.Mutex
	answers  []preparedAnswer
	requests []sentRequest
}

// preparedAnswer is the answer to requests whose "METHOD URL" matches.
type preparedAnswer struct {
	pattern *regexp.Regexp
	answer  networkAnswer
}

type networkAnswer struct {
	Status  int               `json:"status"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
	JSON    json.RawMessage   `json:"json"`
	Error   string            `json:"error"`
}

type sentRequest struct {
	Method  string            `json:"method"`
	URL     string            `json:"url"`
	Headers map[string]string `json:"headers"`
	Body    string            `json:"body"`
}

// bareHost matches targets without a path.
var bareHost = regexp.MustCompile(`://[^/*]+$`)

// prepare sets the answer to "METHOD URL" or "URL", in which * stands for any
// text. Later ones go first.
func (n *network) prepare(target, answer string) error {
	prepared := preparedAnswer{}
	if err := json.Unmarshal([]byte(answer), &prepared.answer); err != nil {
		return fmt.Errorf("read the answer: %w", err)
	}
	if !strings.Contains(target, " ") {
		target = "* " + target
	}
	if bareHost.MatchString(target) {
		target += "/"
	}
	prepared.pattern = regexp.MustCompile("(?s)^" + strings.ReplaceAll(regexp.QuoteMeta(target), `\*`, ".*") + "$")
	n.mu.Lock()
	defer n.mu.Unlock()
	n.answers = append([]preparedAnswer{prepared}, n.answers...)
	return nil
}

func (n *network) list() []sentRequest {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]sentRequest{}, n.requests...)
}

// RoundTrip implements [http.RoundTripper]. A request without a prepared answer fails.
func (n *network) RoundTrip(req *http.Request) (*http.Response, error) {
	sent := sentRequest{Method: req.Method, URL: req.URL.String(), Headers: map[string]string{}}
	for name, values := range req.Header {
		sent.Headers[strings.ToLower(name)] = strings.Join(values, ", ")
	}
	if req.Body != nil {
		body, err := io.ReadAll(req.Body)
		if err := errors.Join(err, req.Body.Close()); err != nil {
			return nil, err
		}
		sent.Body = string(body)
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	n.requests = append(n.requests, sent)
	for _, prepared := range n.answers {
		if prepared.pattern.MatchString(sent.Method + " " + sent.URL) {
			return prepared.answer.response(req)
		}
	}
	return nil, fmt.Errorf("no answer is prepared, use $test.http(%q, {…})", sent.Method+" "+sent.URL)
}

func (a networkAnswer) response(req *http.Request) (*http.Response, error) {
	if a.Error != "" {
		return nil, errors.New(a.Error)
	}
	status := a.Status
	if status == 0 {
		status = http.StatusOK
	}
	header := http.Header{}
	body := []byte(a.Body)
	if a.JSON != nil {
		body = a.JSON
		header.Set("Content-Type", "application/json")
	}
	for name, value := range a.Headers {
		header.Set(name, value)
	}
	return &http.Response{
		StatusCode: status, Status: fmt.Sprintf("%d %s", status, http.StatusText(status)),
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: header, Body: io.NopCloser(bytes.NewReader(body)), ContentLength: int64(len(body)), Request: req,
	}, nil
}
