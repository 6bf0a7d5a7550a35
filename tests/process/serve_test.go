package process_test

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

func TestStopFinishesRequestsAndRunsTerminateHooks(t *testing.T) {
	t.Parallel()
	for _, sig := range []os.Signal{syscall.SIGTERM, os.Interrupt} {
		t.Run(sig.String(), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "pb_hooks", "slow.pb.js"), `
				routerAdd("GET", "/slow", (c) => { console.log("SLOW"); sleep(700); return c.string(200, "finished"); });
				onTerminate((e) => console.log("TERMINATED restart=" + e.isRestart));
			`)
			s := start(t, dir)
			answer := make(chan string, 1)
			go func() {
				_, body := request(t, http.MethodGet, s.url+"/slow", "")
				answer <- body
			}()
			until(t, s, "SLOW")
			s.signal(t, sig)
			if got := <-answer; got != "finished" {
				t.Errorf("the request under way got %q", got)
			}
			if code := s.wait(t); code != 0 {
				t.Errorf("exit code %d\n%s", code, s.printed())
			}
			if !strings.Contains(s.printed(), "TERMINATED restart=false") {
				t.Errorf("output\n%s", s.printed())
			}
			for _, left := range []string{"data.db-wal", "data.db-shm", "logs.db-wal"} {
				if _, err := os.Stat(filepath.Join(dir, "pb_data", left)); err == nil {
					t.Errorf("%s is left behind", left)
				}
			}
		})
	}
}

func TestScriptsRestartTheServer(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("a restart is another process there")
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "pb_hooks", "restart.pb.js"), `
		routerAdd("GET", "/restart", (c) => { $app.restart(); return c.string(200, "bye"); });
		onTerminate((e) => console.log("TERMINATED restart=" + e.isRestart));
	`)
	s := start(t, dir)
	if _, body := request(t, http.MethodGet, s.url+"/restart", ""); body != "bye" {
		t.Errorf("the request got %q", body)
	}
	until(t, s, "TERMINATED restart=true\n")
	deadline := time.Now().Add(patience)
	for len(address.FindAllString(s.printed(), -1)) < 2 {
		if time.Now().After(deadline) {
			t.Fatalf("the server did not start again\n%s", s.printed())
		}
		<-time.After(5 * time.Millisecond)
	}
	s.signal(t, os.Interrupt)
	if code := s.wait(t); code != 0 {
		t.Errorf("exit code %d\n%s", code, s.printed())
	}
}

// until waits until the server printed a text.
func until(t *testing.T, s *server, text string) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	deadline := time.After(patience)
	for !strings.Contains(s.printed(), text) {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatalf("%q was not printed\n%s", text, s.printed())
		}
	}
}

func TestBannerComesWhenItListens(t *testing.T) {
	t.Parallel()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	s := launch(t, t.TempDir(), "serve", "--http="+listener.Addr().String())
	if code := s.wait(t); code != 1 {
		t.Errorf("exit code %d", code)
	}
	want := fmt.Sprintf("Error: listen tcp %s: bind: address already in use\n", listener.Addr())
	if s.printed() != want {
		t.Errorf("output %q, want %q", s.printed(), want)
	}
}

func TestTwoProcessesShareAFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	servers := []*server{start(t, dir), start(t, dir)}
	const each = 5
	var wg sync.WaitGroup
	for n, s := range servers {
		wg.Go(func() {
			for i := range each {
				body := fmt.Sprintf(`{"username":"user_%d_%d","password":"1234567890","passwordConfirm":"1234567890"}`, n, i)
				if status, answer := request(t, http.MethodPost, s.url+"/api/collections/users/records", body); status != http.StatusOK {
					t.Errorf("create: %d %s", status, answer)
				}
			}
		})
	}
	wg.Wait()
	for _, s := range servers {
		s.signal(t, os.Interrupt)
		if code := s.wait(t); code != 0 {
			t.Errorf("exit code %d\n%s", code, s.printed())
		}
	}
	if !strings.Contains(listUsers(t, dir), fmt.Sprintf("USERS %d", 2*each)) {
		t.Error("records of one process are missing")
	}
}

// listUsers counts the users of a folder with a console script.
func listUsers(t *testing.T, dir string) string {
	t.Helper()
	write(t, filepath.Join(dir, "pb_hooks", "count.pb.js"), `
		onAfterBootstrap((e) => console.log("USERS", e.app.dao().findRecordsByExpr("users").length));
	`)
	s := launch(t, dir, "migrate", "up")
	if code := s.wait(t); code != 0 {
		t.Errorf("exit code %d", code)
	}
	return s.printed()
}
