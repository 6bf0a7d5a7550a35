// Package apptest builds the app once per test process and runs it as a real
// process on folders of the test's own.
package apptest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// startTimeout bounds the wait for the banner, stopTimeout that for the end of
// the process after a signal.
const (
	startTimeout = 30 * time.Second
	stopTimeout  = 20 * time.Second
)

var build = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("TACKLEBOX_APP"); path != "" {
		return filepath.Abs(path)
	}
	dir, err := os.MkdirTemp("", "tacklebox-app-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "app")
	cmd := exec.CommandContext(context.Background(), "go", "build", "-o", path, "github.com/tackleboxdev/tacklebox")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the app: %w\n%s", err, out)
	}
	return path, nil
})

// Binary returns the path of the built app. The environment variable
// TACKLEBOX_APP names a binary to use instead.
func Binary(t testing.TB) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// Folder is a place with pb_data, pb_hooks, pb_migrations and pb_public.
type Folder string

// NewFolder returns an empty folder that goes away with the test.
func NewFolder(t testing.TB) Folder {
	t.Helper()
	f := Folder(t.TempDir())
	for _, name := range []string{"pb_hooks", "pb_migrations"} {
		if err := os.MkdirAll(f.Path(name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// Path joins names to the folder.
func (f Folder) Path(names ...string) string {
	return filepath.Join(append([]string{string(f)}, names...)...)
}

// Write stores a file and the folders above it.
func (f Folder) Write(t testing.TB, name, content string) {
	t.Helper()
	path := f.Path(filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Run executes a command of the app to its end and returns what it printed.
func (f Folder) Run(t testing.TB, args ...string) (output string, exitCode int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), Binary(t), f.args(args)...)
	cmd.Dir = string(f)
	out, err := cmd.CombinedOutput()
	if err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

func (f Folder) args(args []string) []string {
	return append(args,
		"--dir="+f.Path("pb_data"), "--hooksDir="+f.Path("pb_hooks"),
		"--migrationsDir="+f.Path("pb_migrations"), "--publicDir="+f.Path("pb_public"))
}

// Server is a running app.
type Server struct {
	URL string

	t      testing.TB
	cmd    *exec.Cmd
	output *output
	ended  chan struct{}
}

var listening = regexp.MustCompile(`Server started at (http://\S+)`)

// Serve starts "serve" on a free port and waits until it listens. The process
// is stopped with the test.
func (f Folder) Serve(t testing.TB, args ...string) *Server {
	t.Helper()
	s := &Server{t: t, output: newOutput(listening), ended: make(chan struct{})}
	s.cmd = exec.CommandContext(context.Background(), Binary(t), f.args(append([]string{"serve", "--http=127.0.0.1:0"}, args...))...)
	s.cmd.Dir = string(f)
	s.cmd.Stdout, s.cmd.Stderr = s.output, s.output
	s.cmd.WaitDelay = time.Second
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = s.cmd.Wait() // the exit code is read from ProcessState
		close(s.ended)
	}()
	t.Cleanup(func() { s.Kill() })
	select {
	case match := <-s.output.found:
		s.URL = match[1]
	case <-s.ended:
		t.Fatalf("the app ended at start:\n%s", s.Output())
	case <-time.After(startTimeout):
		t.Fatalf("the app did not listen:\n%s", s.Output())
	}
	return s
}

// Output returns everything printed so far.
func (s *Server) Output() string { return s.output.String() }

// Pid returns the process id.
func (s *Server) Pid() int { return s.cmd.Process.Pid }

// Kill ends the process at once, without a chance to clean up.
func (s *Server) Kill() {
	_ = s.cmd.Process.Kill() // it may be gone already
	<-s.ended
}

// Stop asks the process to end and returns its exit code.
func (s *Server) Stop() int {
	s.t.Helper()
	if err := s.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		s.t.Fatal(err)
	}
	select {
	case <-s.ended:
	case <-time.After(stopTimeout):
		s.t.Fatalf("the app did not stop:\n%s", s.Output())
	}
	return s.cmd.ProcessState.ExitCode()
}

// Answer is a response read to its end.
type Answer struct {
	Status int
	Header http.Header
	Body   string
}

// JSON decodes the body into v.
func (a Answer) JSON(t testing.TB, v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.Body), v); err != nil {
		t.Fatalf("decode %q: %v", a.Body, err)
	}
}

// Do sends a request. A body that is not nil is sent as JSON; token may be empty.
func (s *Server) Do(method, path, token string, body any) (Answer, error) {
	var reader io.Reader
	if body != nil {
		encoded, err := json.Marshal(body)
		if err != nil {
			return Answer{}, err
		}
		reader = bytes.NewReader(encoded)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, s.URL+path, reader)
	if err != nil {
		return Answer{}, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		req.Header.Set("Authorization", token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return Answer{}, err
	}
	defer func() { _ = res.Body.Close() }()
	content, err := io.ReadAll(res.Body)
	return Answer{res.StatusCode, res.Header, string(content)}, err
}

// Must is Do for requests that have to succeed with a status below 300.
func (s *Server) Must(method, path, token string, body any) Answer {
	s.t.Helper()
	answer, err := s.Do(method, path, token, body)
	if err != nil {
		s.t.Fatal(err)
	}
	if answer.Status >= http.StatusMultipleChoices {
		s.t.Fatalf("%s %s: %d %s\n%s", method, path, answer.Status, answer.Body, s.Output())
	}
	return answer
}

// AdminEmail and AdminPassword are the credentials that [Server.Admin] uses.
const (
	AdminEmail    = "admin@example.com"
	AdminPassword = "1234567890"
)

// Admin creates the first admin, or signs in when there is one, and returns a
// token.
func (s *Server) Admin() string {
	s.t.Helper()
	// It fails when there is an admin already; signing in tells.
	_, _ = s.Do(http.MethodPost, "/api/admins", "", map[string]any{
		"email": AdminEmail, "password": AdminPassword, "passwordConfirm": AdminPassword,
	})
	var signedIn struct{ Token string }
	s.Must(http.MethodPost, "/api/admins/auth-with-password", "", map[string]any{
		"identity": AdminEmail, "password": AdminPassword,
	}).JSON(s.t, &signedIn)
	return signedIn.Token
}

// output collects what a process prints and reports the first line that matches.
type output struct {
	pattern *regexp.Regexp
	found   chan []string

	mu   sync.Mutex
	text strings.Builder
	seen bool
}

func newOutput(pattern *regexp.Regexp) *output {
	return &output{pattern: pattern, found: make(chan []string, 1)}
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.text.Write(p)
	if !o.seen {
		lines := bufio.NewScanner(strings.NewReader(o.text.String()))
		for lines.Scan() {
			if match := o.pattern.FindStringSubmatch(lines.Text()); match != nil {
				o.seen = true
				o.found <- match
				break
			}
		}
	}
	return len(p), nil
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}

// Eventually calls check until it returns nil, for at most ten seconds.
func Eventually(t testing.TB, check func() error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		err := check()
		if err == nil {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("still failing: %v", err)
		case <-tick.C:
		}
	}
}
