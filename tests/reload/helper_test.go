package reload

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tackleboxdev/tacklebox/internal/apptest"
)

// mostReloadTime is what a reload may take on a machine that is busy with other
// tests; on an idle one it is below 300 ms, most of it the wait for quiet files.
const mostReloadTime = 2 * time.Second

// TestHelperOfThreeScripts saves a module that three scripts import, outside of
// their folder or in it. They are loaded again once and together, a listener
// stays connected and no request fails.
func TestHelperOfThreeScripts(t *testing.T) {
	t.Parallel()
	for _, helper := range []string{"pb_hooks/lib/version.ts", "shared/version.ts"} {
		t.Run(helper, func(t *testing.T) {
			t.Parallel()
			folder := apptest.NewFolder(t)
			folder.Write(t, helper, "export const version = 0")
			source := strings.Replace("../"+helper, "../pb_hooks", ".", 1)
			for _, name := range []string{"a", "b"} {
				folder.Write(t, "pb_hooks/"+name+".pb.ts", fmt.Sprintf("import { version } from %q\nrouterAdd(\"GET\", \"/%s\", (c) => c.string(200, `${version}`))", source, name))
			}
			folder.Write(t, "pb_hooks/c.pb.ts", fmt.Sprintf("import { version } from %q\nonRecordBeforeCreateRequest((e) => { e.record.set(\"title\", `${version}`) }, \"things\")\n"+
				"routerAdd(\"GET\", \"/version\", (c) => c.string(200, `${version} ${version}`))", source))
			server := folder.Serve(t)
			token := server.Admin()
			server.Must(http.MethodPost, "/api/collections", token, map[string]any{
				"name": "things", "type": "base", "listRule": "", "viewRule": "", "createRule": "", "schema": []map[string]any{{"name": "title", "type": "text"}},
			})
			titles := listen(t, server)
			stop := make(chan struct{})
			var client sync.WaitGroup
			client.Go(func() { request(t, server, stop) })
			for version := 1; version <= 3; version++ {
				reloadOnce(t, folder, server, helper, version)
				server.Must(http.MethodPost, "/api/collections/things/records", "", map[string]any{})
				select {
				case title := <-titles:
					if title != fmt.Sprint(version) {
						t.Errorf("the listener heard of %q, want %d", title, version)
					}
				case <-time.After(10 * time.Second):
					t.Fatal("the listener heard nothing")
				}
			}
			close(stop)
			client.Wait()
			if code := server.Stop(); code != 0 {
				t.Errorf("exit code %d\n%s", code, server.Output())
			}
		})
	}
}

// reloadOnce saves the helper and waits until all scripts have its new version.
func reloadOnce(t *testing.T, folder apptest.Folder, server *apptest.Server, helper string, version int) {
	t.Helper()
	reloads := func() int { return strings.Count(server.Output(), "changed, reloading scripts") }
	before := reloads()
	saved := time.Now()
	folder.Write(t, helper, fmt.Sprintf("export const version = %d", version))
	isBusy := time.Since(saved) > 40*time.Millisecond // the save itself may seem to be two
	waitForVersion(t, server, version)
	took := time.Since(saved)
	for _, name := range []string{"a", "b"} {
		if answer := server.Must(http.MethodGet, "/"+name, "", nil); answer.Body != fmt.Sprint(version) {
			t.Errorf("script %s has version %s, want %d", name, answer.Body, version)
		}
	}
	if took > mostReloadTime {
		t.Errorf("the reload took %s", took)
	}
	<-time.After(200 * time.Millisecond) // a second reload would have begun by then
	if n := reloads() - before; n != 1 && !isBusy {
		t.Errorf("%d reloads after one save\n%s", n, server.Output())
	}
	t.Logf("%s: reloaded after %s", helper, took.Round(time.Millisecond))
}

// listen subscribes to the collection and returns the titles of its new records.
func listen(t *testing.T, server *apptest.Server) <-chan string {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, server.URL+"/api/realtime", nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = res.Body.Close() })
	ids, titles := make(chan string, 1), make(chan string, 10)
	go func() {
		defer close(titles)
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			if id, ok := strings.CutPrefix(lines.Text(), `data:{"clientId":"`); ok {
				ids <- strings.TrimSuffix(id, `"}`)
			}
			if _, rest, ok := strings.Cut(lines.Text(), `"title":"`); ok {
				title, _, _ := strings.Cut(rest, `"`)
				titles <- title
			}
		}
	}()
	select {
	case id := <-ids:
		server.Must(http.MethodPost, "/api/realtime", "", map[string]any{"clientId": id, "subscriptions": []string{"things"}})
	case <-time.After(10 * time.Second):
		t.Fatal("no event stream")
	}
	return titles
}
