package jsvm

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

func TestBlob(t *testing.T) {
	t.Parallel()
	far := newFarServer(t)
	evaluateAll(t, fmt.Sprintf("const far = %q;", far.URL)+`
		const blob = new Blob(["hé", new Uint8Array([33]), new Blob(["x"]), new Uint16Array([0x6161]).buffer], { type: "Text/Plain" });
		const send = (body) => fetch(far + "/echo", { method: "POST", body }).then((r) => r.json());
		const form = (...parts) => { const f = new FormData(); for (const part of parts) f.append(...part); return f; };`, map[string]string{
		`[blob.size, blob.type, String(blob), blob instanceof Blob]`: `[7,"text/plain","[object Blob]",true]`,
		`blob.text()`: `"hé!xaa"`,
		`blob.arrayBuffer().then((b) => [b instanceof ArrayBuffer, b.byteLength])`:              `[true,7]`,
		`blob.slice(1, -1, "a/b").text().then((text) => [text, blob.slice(1, -1, "a/b").type])`: `["é!xa","a/b"]`,
		`[new Blob().size, new Blob([1, null]).size, new Blob(["é"], { type: "bäd" }).type]`:    `[0,5,""]`,
		`new Blob(["a\r\nb\rc"], { endings: "native" }).text()`:                                 `"a\nb\nc"`,
		`new Blob("text")`: `TypeError: Blob: the parts are a list`,
		`(() => { const f = new File(["x"], "a.txt", { type: "text/x", lastModified: 7 }); return [f.name, f.type, f.lastModified, f.size, f instanceof Blob]; })()`: `["a.txt","text/x",7,1,true]`,
		`new File(["x"])`:                       `TypeError: File: the name is missing`,
		`structuredClone({ blob }).blob.text()`: `"hé!xaa"`,
		`send(blob)`:                            `{"body":"hé!xaa","method":"POST","type":"text/plain","x":""}`,
		`send(new Blob(["b"]))`:                 `{"body":"b","method":"POST","type":"","x":""}`,
		`fetch(far + "/form", { method: "POST", body: form(["name", "n"], ["file", blob, "b.txt"]) }).then((r) => r.text())`:                                                                                                                           `"n b.txt hé!xaa"`,
		`fetch(far + "/form", { method: "POST", body: form(["name", "n"], ["file", new File([], "empty")]) }).then((r) => r.text())`:                                                                                                                   `"n empty "`,
		`fetch(far + "/echo", { method: "POST", body: new Blob(["x"]) }).then((r) => r.blob()).then((b) => [b.type, b.size > 0])`:                                                                                                                      `["application/json",true]`,
		`$http.send({ url: far + "/echo", method: "POST", body: blob }).json.body`:                                                                                                                                                                     `"hé!xaa"`,
		`$http.send({ url: far + "/echo", method: "POST", body: blob }).json.type`:                                                                                                                                                                     `"text/plain"`,
		`$http.send({ url: far + "/form", method: "POST", body: form(["file", new File(["c"], "c.txt")]) }).raw`:                                                                                                                                       `" c.txt c"`,
		`new Response(form(["a", "1"], ["a", "é"], ["f", new File(["c"], "c.txt", { type: "text/x" })])).formData().then((f) => [f instanceof FormData, f.getAll("a"), f.get("f").originalName, f.get("f").size, toString(f.get("f").reader.open())])`: `[true,["1","é"],"c.txt",1,"c"]`,
		`new Response(form(["f", new File(["c"], "c.txt", { type: "text/x" })])).text().then((t) => t.includes("Content-Type: text/x"))`:                                                                                                               `true`,
		`new Response(new URLSearchParams({ "a b": "1&2", c: "" })).formData().then((f) => f.entries())`:                                                                                                                                               `[["a b","1&2"],["c",""]]`,
		`new Response(new URLSearchParams("a&".repeat(10001))).formData()`:                                                                                                                                                                             `TypeError: The body is not a form: it has more than 10000 values`,
		`new Response("--b\r\n\r\n\r\n".repeat(10001) + "--b--", { headers: { "content-type": "multipart/form-data; boundary=b" } }).formData()`:                                                                                                       `TypeError: The body is not a form: it has more than 10000 values`,
		`new Response("x").formData()`: `TypeError: The body is not a form: its type is text/plain`,
		`new Request(far, { method: "POST", body: blob }).blob().then((b) => [b.type, b.size])`: `["text/plain",7]`,
		`Array.fromAsync(blob.stream()).then((list) => list.length)`:                            `1`,
	})
}

// TestBlobOfRecord stores what a form that was received holds.
func TestBlobOfRecord(t *testing.T) {
	t.Parallel()
	s := newScriptServer(t, map[string]string{"a.pb.js": `
		routerAdd("GET", "/t", (c) => {
			const files = $app.newFilesystem();
			try {
				files.uploadFile(new File(["stored"], "a.txt", { type: "text/plain" }), "dir/a.txt");
				return c.string(200, toString(files.getFile("dir/a.txt")));
			} finally { files.close(); }
		});`})
	s.expect(t, map[string]string{"/t": "stored"})
}

func TestStreams(t *testing.T) {
	t.Parallel()
	evaluateAll(t, `
		const all = async (stream) => { const list = []; for await (const item of stream) list.push(item); return list; };
		const counting = (n, more = {}) => { let i = 0; return new ReadableStream({ pull(c) { i < n ? c.enqueue(i++) : c.close(); }, ...more }); };
		const log = [];`, map[string]string{
		`all(counting(3))`: `[0,1,2]`,
		`all(new ReadableStream({ async start(c) { c.enqueue(1); await null; c.enqueue(2); c.close(); } }))`: `[1,2]`,
		`all(ReadableStream.from([1, Promise.resolve(2)]))`:                                                  `[1,2]`,
		`all(counting(2).tee()[1])`:               `[0,1]`,
		`Promise.all(counting(3).tee().map(all))`: `[[0,1,2],[0,1,2]]`,
		`(async () => { const r = counting(1).getReader(); return [await r.read(), await r.read(), await r.closed]; })()`:                                                                     `[{"value":0,"done":false},{"done":true},null]`,
		`(async () => { const r = new ReadableStream({ pull() { throw new RangeError("broken"); } }).getReader(); await r.read(); })()`:                                                       `RangeError: broken`,
		`(async () => { const s = new ReadableStream({ start(c) { c.error("why"); } }); await s.getReader().closed.catch((e) => log.push(e)); return log; })()`:                               `["why"]`,
		`(async () => { const seen = []; const s = counting(9, { cancel(reason) { seen.push(reason); } }); for await (const n of s) if (n === 1) break; return [seen.length, s.locked]; })()`: `[1,false]`,
		`(() => { const s = counting(1); s.getReader(); return [s.locked, s.getReader()]; })()`:                                                                                               `TypeError: The stream is locked`,
		`(async () => { const s = counting(1), r = s.getReader(); r.releaseLock(); return [s.locked, await r.read().catch((e) => e.message), await all(s)]; })()`:                             `[false,"The reader has been released",[0]]`,
		`new ReadableStream({ type: "bytes" })`: `TypeError: ReadableStream: streams of bytes are not supported, leave out the type`,
		`counting(1).pipeTo({})`:                `NotSupportedError: ReadableStream.pipeTo is not supported: there are no streams to write to.`,
		`new Response(ReadableStream.from([new Uint8Array([104]), new Uint8Array([105])])).text()`: `"hi"`,
		`fetch("http://localhost", { method: "POST", body: counting(1) })`:                         `TypeError: A ReadableStream cannot be sent: read it first and send its text or bytes`,
	})
}

// TestFetchStreams reads an answer while it is being written: the server goes on
// when the script has asked for the next part.
func TestFetchStreams(t *testing.T) {
	t.Parallel()
	next, gone := make(chan struct{}), make(chan struct{}, 1)
	mux := http.NewServeMux()
	mux.HandleFunc("/parts", func(w http.ResponseWriter, _ *http.Request) {
		for part := range 3 {
			fmt.Fprintf(w, "part %d", part)
			_ = http.NewResponseController(w).Flush()
			select {
			case <-next:
			case <-time.After(10 * time.Second):
				return
			}
		}
	})
	mux.HandleFunc("/next", func(http.ResponseWriter, *http.Request) { next <- struct{}{} })
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			_, _ = w.Write(make([]byte, 1<<16))
		}
		gone <- struct{}{}
	})
	far := httptest.NewServer(mux)
	t.Cleanup(far.Close)
	evaluateAll(t, fmt.Sprintf("const far = %q;", far.URL)+`
		const decode = (bytes) => new TextDecoder().decode(bytes);`, map[string]string{
		`(async () => { const parts = []; for await (const part of (await fetch(far + "/parts")).body) { parts.push(decode(part)); await fetch(far + "/next"); } return parts; })()`:                                                                        `["part 0","part 1","part 2"]`,
		`(async () => { const r = await fetch(far + "/endless"), reader = r.body.getReader(); const { value } = await reader.read(); await reader.cancel(); return [value instanceof Uint8Array, r.bodyUsed, await r.text().catch((e) => e.message)]; })()`: `[true,true,"The body has already been read"]`,
		`fetch(far + "/nowhere").then((r) => [r.body !== null, r.body.locked, r.bodyUsed, r.body === r.body])`:                                                                                                                                              `[true,false,false,true]`,
		`fetch(far + "/nowhere").then(async (r) => { r.body; const c = r.clone(); return [await r.text() === await c.text(), r.bodyUsed, c.bodyUsed]; })`:                                                                                                   `[true,true,true]`,
		`fetch(far + "/nowhere", { method: "HEAD" }).then((r) => r.body)`:                                                                                                                                                                                   `null`,
		`new Response("x").body.getReader().read().then(({ value }) => decode(value))`:                                                                                                                                                                      `"x"`,
		`(() => { const r = new Response("x"); r.body.getReader(); return r.clone(); })()`:                                                                                                                                                                  `TypeError: The body has already been read`,
	})
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("a cancelled stream is read on")
	}
}
