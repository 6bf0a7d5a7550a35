package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"
)

// build compiles the program the way a user would.
func build(t *testing.T) string {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "framework")
	if runtime.GOOS == "windows" {
		exe += ".exe"
	}
	out, err := exec.CommandContext(t.Context(), "go", "build", "-o", exe, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return exe
}

// server is a running program.
type server struct {
	cmd  *exec.Cmd
	url  string
	exit chan error
}

var address = regexp.MustCompile(`http://127\.0\.0\.1:\d+`)

func start(t *testing.T, exe string) *server {
	t.Helper()
	cmd := exec.Command(exe, "serve", "--http=127.0.0.1:0", "--dev=false", "--dir="+filepath.Join(t.TempDir(), "pb_data"))
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	s := &server{cmd: cmd, exit: make(chan error, 1)}
	found := make(chan string, 1)
	go func() {
		lines := bufio.NewScanner(stdout)
		for lines.Scan() {
			if url := address.FindString(lines.Text()); url != "" {
				select {
				case found <- url:
				default:
				}
			}
		}
		s.exit <- cmd.Wait()
	}()
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	select {
	case s.url = <-found:
	case err := <-s.exit:
		t.Fatalf("the server ended: %v\n%s", err, stderr.String())
	case <-time.After(30 * time.Second):
		t.Fatalf("the server did not start\n%s", stderr.String())
	}
	return s
}

func (s *server) stop(t *testing.T) error {
	t.Helper()
	if err := s.cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	select {
	case err := <-s.exit:
		return err
	case <-time.After(30 * time.Second):
		return errors.New("the server did not stop")
	}
}

// send makes one request and returns status and decoded body.
func send(t *testing.T, method, url, body string) (int, map[string]any) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var decoded map[string]any
	if err := json.Unmarshal(raw, &decoded); err != nil {
		t.Fatalf("%s %s: %d %s", method, url, res.StatusCode, raw)
	}
	return res.StatusCode, decoded
}

func TestProgram(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	t.Parallel()
	s := start(t, build(t))

	users := s.url + "/api/collections/users/records"
	account := `{"name":"  Ann  ","password":"1234567890","passwordConfirm":"1234567890"}`
	if status, body := send(t, http.MethodPost, users, account); status != http.StatusOK || body["name"] != "Ann" {
		t.Errorf("create: %d %v", status, body)
	}
	if status, body := send(t, http.MethodPost, users, strings.Replace(account, "Ann", "Root", 1)); status != http.StatusBadRequest {
		t.Errorf("create with a refused name: %d %v", status, body)
	}
	status, body := send(t, http.MethodGet, s.url+"/hello/ann", "")
	if status != http.StatusOK || body["hello"] != "ann" || body["users"] != 1.0 {
		t.Errorf("hello: %d %v", status, body)
	}
	if err := s.stop(t); err != nil {
		t.Errorf("stop: %v", err)
	}
}
