// Package reload tests that scripts are exchanged under a running app.
package reload

import (
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// script answers with its version three times: from the route, from a value of
// its own module scope and from a hook that the request fires. A request that
// saw two generations would show two versions.
func script(version int) string {
	return fmt.Sprintf(`
const version = %[1]d
onRecordsListRequest((e) => { e.httpContext.response().header().set("X-Hook", "%[1]d") }, "things")
routerAdd("GET", "/version", (c) => c.string(200, [%[1]d, version].join(" ")))
`, version)
}

func TestRouteAppearsAndChangesWhileServing(t *testing.T) {
	t.Parallel()
	folder := apptest.NewFolder(t)
	server := folder.Serve(t)
	if answer, err := server.Do(http.MethodGet, "/version", "", nil); err != nil || answer.Status != http.StatusNotFound {
		t.Fatalf("before any script: %v %v", answer, err)
	}
	for version := 1; version <= 3; version++ {
		folder.Write(t, "pb_hooks/main.pb.js", script(version))
		waitForVersion(t, server, version)
	}
	if err := os.Remove(folder.Path("pb_hooks", "main.pb.js")); err != nil {
		t.Fatal(err)
	}
	apptest.Eventually(t, func() error {
		answer, err := server.Do(http.MethodGet, "/version", "", nil)
		if err == nil && answer.Status != http.StatusNotFound {
			err = fmt.Errorf("the removed route answers %d", answer.Status)
		}
		return err
	})
	if code := server.Stop(); code != 0 {
		t.Fatalf("exit code %d\n%s", code, server.Output())
	}
}

func waitForVersion(t *testing.T, server *apptest.Server, version int) {
	t.Helper()
	want := fmt.Sprintf("%[1]d %[1]d", version)
	apptest.Eventually(t, func() error {
		answer, err := server.Do(http.MethodGet, "/version", "", nil)
		if err == nil && answer.Body != want {
			err = fmt.Errorf("version %q, want %q", answer.Body, want)
		}
		return err
	})
}

// TestReloadUnderLoad saves a file 200 times, every tenth time with a syntax
// error, while a client sends 200 requests a second.
func TestReloadUnderLoad(t *testing.T) {
	t.Parallel()
	const saves = 200
	folder := apptest.NewFolder(t)
	folder.Write(t, "pb_hooks/main.pb.js", script(0))
	server := folder.Serve(t)
	token := server.Admin()
	server.Must(http.MethodPost, "/api/collections", token, map[string]any{
		"name": "things", "type": "base", "listRule": "",
		"schema": []map[string]any{{"name": "title", "type": "text"}},
	})

	stop := make(chan struct{})
	var client sync.WaitGroup
	client.Go(func() { request(t, server, stop) })
	for version := 1; version <= saves; version++ {
		if version%10 == 5 {
			// Either the file fails alone, or the next save replaces it in time.
			folder.Write(t, "pb_hooks/main.pb.js", script(version)+"\n)(")
			continue
		}
		folder.Write(t, "pb_hooks/main.pb.js", script(version))
		waitForVersion(t, server, version)
	}
	close(stop)
	client.Wait()

	answer := server.Must(http.MethodGet, "/api/collections/things/records", "", nil)
	if got := answer.Header.Get("X-Hook"); got != strconv.Itoa(saves) {
		t.Errorf("the hook is of version %s, want %d", got, saves)
	}
	if code := server.Stop(); code != 0 {
		t.Errorf("exit code %d\n%s", code, server.Output())
	}
}

// request asks for the version 200 times a second until stopped. No request may
// fail or see two generations.
func request(t *testing.T, server *apptest.Server, stop <-chan struct{}) {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-stop:
			return
		case <-tick.C:
		}
		answer, err := server.Do(http.MethodGet, "/version", "", nil)
		if err != nil {
			t.Errorf("request during a reload: %v", err)
			return
		}
		route, scope, _ := strings.Cut(answer.Body, " ")
		if answer.Status != http.StatusOK || route != scope {
			t.Errorf("during a reload: %d %q", answer.Status, answer.Body)
			return
		}
	}
}
