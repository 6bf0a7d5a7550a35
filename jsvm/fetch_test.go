package jsvm

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
	"time"
)

// newFarServer is a server that scripts send requests to.
func newFarServer(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		w.Header().Set("X-Two", "a")
		w.Header().Add("X-Two", "b")
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusCreated)
		_ = json.NewEncoder(w).Encode(map[string]any{"method": r.Method, "body": string(body), "type": r.Header.Get("Content-Type"), "x": r.Header.Get("X-Own")})
	})
	mux.HandleFunc("/form", func(w http.ResponseWriter, r *http.Request) {
		file, header, err := r.FormFile("file")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		content, _ := io.ReadAll(file)
		fmt.Fprintf(w, "%s %s %s", r.FormValue("name"), header.Filename, content)
	})
	mux.HandleFunc("/redirect", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/echo", http.StatusFound) })
	mux.HandleFunc("/forever", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/forever", http.StatusFound) })
	mux.HandleFunc("/bytes", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte{0, 255, 1}) })
	mux.HandleFunc("/huge", func(w http.ResponseWriter, _ *http.Request) {
		block := make([]byte, 1<<20)
		for range maxFetchBody>>20 + 2 {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/stalls", func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("begin"))
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

func TestFetch(t *testing.T) {
	t.Parallel()
	far := newFarServer(t)
	evaluateAll(t, fmt.Sprintf("const far = %q; const echo = (init) => fetch(far + '/echo', init).then((r) => r.json());", far.URL), map[string]string{
		`fetch(far + "/echo").then((r) => [r.status, r.ok, r.statusText, r.headers.get("x-two"), r.redirected, r.url === far + "/echo", r.bodyUsed])`: `[201,true,"Created","a, b",false,true,false]`,
		`echo({ method: "post", body: JSON.stringify({ a: 1 }), headers: { "content-type": "application/json", "X-Own": "1" } })`:                     `{"body":"{\"a\":1}","method":"POST","type":"application/json","x":"1"}`,
		`echo({ method: "PUT", body: "text" })`:                                                                                  `{"body":"text","method":"PUT","type":"text/plain;charset=UTF-8","x":""}`,
		`echo({ method: "POST", body: new URLSearchParams({ a: "1 2" }) })`:                                                      `{"body":"a=1+2","method":"POST","type":"application/x-www-form-urlencoded;charset=UTF-8","x":""}`,
		`echo({ method: "POST", body: Buffer.from("bytes") })`:                                                                   `{"body":"bytes","method":"POST","type":"","x":""}`,
		`fetch(new Request(far + "/echo", { method: "PATCH", body: "p" })).then((r) => r.json()).then((j) => j.method + j.body)`: `"PATCHp"`,
		`(() => { const f = new FormData(); f.append("name", "n"); f.append("file", $filesystem.fileFromBytes("content", "a.txt")); return fetch(far + "/form", { method: "POST", body: f }).then((r) => r.text()); })()`: `"n a.txt content"`,
		`fetch(far + "/redirect").then((r) => [r.redirected, r.url === far + "/echo"])`:                                                                                             `[true,true]`,
		`fetch(far + "/redirect", { redirect: "manual" }).then((r) => [r.status, r.headers.get("location")])`:                                                                       `[302,"/echo"]`,
		`fetch(far + "/redirect", { redirect: "error" }).catch((e) => [e.name, e.message.includes("answered with a redirect")])`:                                                    `["TypeError",true]`,
		`fetch(far + "/forever").catch((e) => e.message.includes("too many redirects"))`:                                                                                            `true`,
		`fetch(far + "/bytes").then((r) => r.arrayBuffer()).then((b) => [...new Uint8Array(b)])`:                                                                                    `[0,255,1]`,
		`fetch(far + "/bytes").then(async (r) => { const c = r.clone(); await r.bytes(); return [c.bodyUsed, (await c.bytes()).length, await r.text().catch((e) => e.message)]; })`: `[false,3,"The body has already been read"]`,
		`fetch(far + "/huge").then((r) => r.text()).catch((e) => e.message)`:                                                                                                        `"fetch failed: the body is larger than 64 MiB"`,
		`fetch("http://127.0.0.1:1/").catch((e) => [e.name, e.message.startsWith("fetch failed:")])`:                                                                                `["TypeError",true]`,
		`fetch("nope").catch((e) => e.message)`:                                                                                                                                     `"Invalid URL"`,
		`fetch("file:///etc/passwd").catch((e) => e.message)`:                                                                                                                       `"fetch: the scheme \"file\" is not supported"`,
		`fetch(far, { body: "x" }).catch((e) => e.message)`:                                                                                                                         `"Request with GET/HEAD method cannot have body"`,
		`fetch(far + "/silent", { signal: AbortSignal.timeout(20) }).catch((e) => e.name)`:                                                                                          `"TimeoutError"`,
		`(() => { const c = new AbortController(); setTimeout(() => c.abort("enough"), 10); return fetch(far + "/silent", { signal: c.signal }).catch((e) => e); })()`:              `"enough"`,
		`fetch(far + "/stalls", { signal: AbortSignal.timeout(50) }).then((r) => r.text()).catch((e) => e.name)`:                                                                    `"TimeoutError"`,
		`fetch(far, { signal: AbortSignal.abort() }).catch((e) => e.name)`:                                                                                                          `"AbortError"`,
		`Response.json({ a: 1 }, { status: 201 }).json()`:                                                                                                                           `{"a":1}`,
		`[...new Headers([["B", "2"], ["a", "1"], ["b", "3"]])]`:                                                                                                                    `[["a","1"],["b","2, 3"]]`,
		`new Headers({ "bad name": "x" })`:                                                                                                                                          `TypeError: Headers: invalid name "bad name"`,
		`new Headers({ a: "x\r\ny: z" })`:                                                                                                                                           `TypeError: Headers: invalid value`,
	})
}

// TestFetchOverlaps has a server that answers only when two requests are there.
func TestFetchOverlaps(t *testing.T) {
	t.Parallel()
	var both sync.WaitGroup
	both.Add(2)
	far := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		both.Done()
		both.Wait()
		_, _ = w.Write([]byte("met"))
	}))
	t.Cleanup(far.Close)
	evaluateAll(t, fmt.Sprintf("const far = %q;", far.URL), map[string]string{
		`Promise.all([1, 2].map(() => fetch(far).then((r) => r.text())))`: `["met","met"]`,
	})
}

// TestFetchEnds checks that requests end with the call that made them.
func TestFetchEnds(t *testing.T) {
	t.Parallel()
	ended := make(chan struct{}, 2)
	far := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		ended <- struct{}{}
	}))
	t.Cleanup(far.Close)
	s := newScriptServer(t, map[string]string{"a.pb.js": fmt.Sprintf(`const far = %q;
		routerAdd("GET", "/forgets", async (c) => { fetch(far); await new Promise((resolve) => setTimeout(resolve, 50)); return c.string(200, "gone"); });
		routerAdd("GET", "/waits", async (c) => { await fetch(far); }, { timeout: 100 });`, far.URL)})
	s.expect(t, map[string]string{"/forgets": "gone"})
	if code, body := s.request(http.MethodGet, "/waits", ""); code < 400 {
		t.Errorf("waiting for ever answers %d %s", code, body)
	}
	for range 2 {
		select {
		case <-ended:
		case <-time.After(10 * time.Second):
			t.Fatal("a request outlived its call")
		}
	}
}
