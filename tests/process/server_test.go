// Package process tests the built program as a process: start, stop, ports and
// a second process on the same data folder.
package process_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

const patience = 30 * time.Second

var (
	exe     string
	address = regexp.MustCompile(`Server started at (http://127\.0\.0\.1:\d+)`)
)

func TestMain(m *testing.M) { os.Exit(run(m)) }

// run builds the program once for all tests.
func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "tacklebox-process-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	exe = filepath.Join(dir, "app")
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	out, err := exec.Command("go", "build", "-o", exe, "../..").CombinedOutput()
	if err != nil {
		fmt.Fprintf(os.Stderr, "build: %v\n%s", err, out)
		return 1
	}
	return m.Run()
}

// server is one running process and what it printed.
type server struct {
	cmd  *exec.Cmd
	url  string
	done chan struct{} // closed when the process ended

	mu     sync.Mutex
	output strings.Builder
}

// start runs "serve" in dir and waits until it listens.
func start(t *testing.T, dir string, args ...string) *server {
	t.Helper()
	s := launch(t, dir, append([]string{"serve", "--http=127.0.0.1:0"}, args...)...)
	deadline := time.NewTimer(patience)
	defer deadline.Stop()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		if found := address.FindStringSubmatch(s.printed()); found != nil {
			s.url = found[1]
			return s
		}
		select {
		case <-s.done:
			t.Fatalf("the server ended\n%s", s.printed())
		case <-deadline.C:
			t.Fatalf("the server did not start\n%s", s.printed())
		case <-tick.C:
		}
	}
}

// launch runs the program in dir on the folders pb_data and pb_hooks there.
func launch(t *testing.T, dir string, args ...string) *server {
	t.Helper()
	args = append(args, "--dev=false", "--dir=pb_data", "--hooksDir=pb_hooks")
	s := &server{cmd: exec.Command(exe, args...), done: make(chan struct{})}
	s.cmd.Dir = dir
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	s.cmd.Stdout, s.cmd.Stderr = writer, writer
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_ = writer.Close()
	go func() {
		defer close(s.done)
		lines := bufio.NewScanner(reader)
		for lines.Scan() {
			s.mu.Lock()
			s.output.WriteString(lines.Text() + "\n")
			s.mu.Unlock()
		}
		_ = reader.Close()
		_ = s.cmd.Wait() // the exit code is read from the process state
	}()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		<-s.done
	})
	return s
}

func (s *server) printed() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.output.String()
}

// wait returns the exit code.
func (s *server) wait(t *testing.T) int {
	t.Helper()
	select {
	case <-s.done:
		return s.cmd.ProcessState.ExitCode()
	case <-time.After(patience):
		t.Fatalf("the process did not end\n%s", s.printed())
		return -1
	}
}

func (s *server) signal(t *testing.T, sig os.Signal) {
	t.Helper()
	if err := s.cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
}

// request returns the status and the body of one request.
func request(t *testing.T, method, url, body string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Error(err)
		return 0, ""
	}
	defer func() { _ = res.Body.Close() }()
	content, err := io.ReadAll(res.Body)
	if err != nil {
		t.Error(err)
	}
	return res.StatusCode, string(content)
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
