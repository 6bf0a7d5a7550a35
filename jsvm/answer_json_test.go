package jsvm

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// addPost stores a post with a known id.
func addPost(tb testing.TB, app *core.App) {
	tb.Helper()
	posts, err := app.Dao().FindCollectionByNameOrId("posts")
	if err != nil {
		tb.Fatal(err)
	}
	post := models.NewRecord(posts)
	post.SetId("aaaaaaaaaaaaaaa")
	post.Set("title", "<Title>")
	post.Set("tags", []string{"a", "b"})
	if err := app.Dao().SaveRecord(post); err != nil {
		tb.Fatal(err)
	}
}

// TestAnswersAreWrittenAsGoData compares what c.json writes with what
// encoding/json makes of the same value as Go data.
func TestAnswersAreWrittenAsGoData(t *testing.T) {
	t.Parallel()
	values := []string{
		`{}`, `[]`, `[[], {}, [{}]]`,
		`{ b: 1, a: 2, "": 3, "ä": 4, Z: 5, 10: 6, 9: 7, "a b": 8 }`,
		`[1, -0, 0.5, 1e21, 1e-7, 123456789012345680000, 2 ** 53, -1.5e300, 5e-324, 100000000000]`,
		`["", "a\"b\\c", "<b>&amp;</b>", "\u2028\u2029", "\u0000\u001f\b\f\n\r\t\u007f", "\ud800", "🎣 é", "a".repeat(300)]`,
		`[true, false, null, undefined, , 3]`,
		`{ a: undefined, b: null, c: [undefined] }`,
		`[new Date(0), new Date(1700000000123)]`,
		`{ m: new Map([["k", { v: 1 }], [1, [2]]]), s: new Set([1, "a", { b: 1 }]) }`,
		`[new String("s"), new Number(5), new Boolean(true), Object(10n), 12345678901234567890n]`,
		`[Object.create({ inherited: 1 }), Object.defineProperty({ a: 1 }, "hidden", { value: 2 })]`,
		`{ get b() { return [1] }, a: { toJSON() { return 1 } } }`,
		`new Proxy({ b: 1, a: { c: 2 } }, { get: (target, key) => key === "b" ? "trapped" : target[key] })`,
		`[new Uint8Array([1, 2]), new Uint8Array([1, 2]).buffer, new Error("x"), /x/g, Symbol("s")]`,
		`(() => { const shared = { x: 1 }; return { a: shared, b: [shared, shared] } })()`,
		`(() => { let deep = {}; for (let i = 0; i < 500; i++) deep = i % 2 ? [deep] : { deep }; return deep })()`,
		`(() => { class A { b = 1; a = 2; m() {} } return [new A(), Object.freeze({ z: 1, y: 2 }), { __proto__: null, q: 1 }] })()`,
		`{ record: $app.dao().findRecordById("posts", "aaaaaaaaaaaaaaa"), list: $app.dao().findRecordsByExpr("posts") }`,
		`[new DateTime("2024-01-02 03:04:05.678Z"), arrayOf(new DynamicModel({ a: 1 })), new DynamicModel({ b: "", a: 0 })]`,
		`{ f: NaN }`, `[1, [Infinity]]`, `{ a: () => 1 }`, `{ a: [$app.dao] }`, `[Promise.resolve(1)]`,
	}
	var script strings.Builder
	for i, value := range values {
		fmt.Fprintf(&script, "routerAdd('GET', '/v%d', (c) => c.json(200, %s));\n", i, value)
	}
	s := newScriptServer(t, map[string]string{"a.pb.js": script.String()})
	addPost(t, s.app)
	env, err := s.host.current.Load().newRuntime()
	if err != nil {
		t.Fatal(err)
	}
	for i, value := range values {
		var want string
		err := env.enter(endlessBudget, func(bool) error {
			v, err := env.vm.RunString("(" + value + ")")
			if err != nil {
				return err
			}
			raw, err := json.Marshal(env.toGo(v))
			want = string(raw)
			return err
		})
		code, got := s.request(http.MethodGet, fmt.Sprint("/v", i), "")
		if (err == nil) != (code == http.StatusOK) || err == nil && got != want {
			t.Errorf("%s\n got %d %s\nwant %s %v", value, code, got, want, err)
		}
	}
}
