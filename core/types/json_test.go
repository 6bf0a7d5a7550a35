package types_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/types"
)

func TestJsonRaw(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		in   any
		want string
		fail bool
	}{
		{nil, "", false},
		{"", "", false},
		{`{"a":1}`, `{"a":1}`, false},
		{[]byte(`[1]`), `[1]`, false},
		{types.JsonRaw(`"x"`), `"x"`, false},
		{map[string]any{"a": 1}, `{"a":1}`, false},
		{5, `5`, false},
		{make(chan int), "", true},
	} {
		got, err := types.ParseJsonRaw(tc.in)
		if got.String() != tc.want || (err != nil) != tc.fail {
			t.Errorf("ParseJsonRaw(%v) = %q, %v", tc.in, got, err)
		}
	}
	raw, err := json.Marshal(map[string]types.JsonRaw{"a": nil, "b": types.JsonRaw(`[1, 2]`)})
	if err != nil || string(raw) != `{"a":null,"b":[1,2]}` {
		t.Errorf("encoded %s, %v", raw, err)
	}
	if v, err := types.JsonRaw(nil).Value(); v != nil || err != nil {
		t.Errorf("empty Value() = %v, %v", v, err)
	}
	if v, err := types.JsonRaw("1").Value(); v != "1" || err != nil {
		t.Errorf("Value() = %v, %v", v, err)
	}
	source := []byte(`"a"`)
	var r types.JsonRaw
	if err := r.UnmarshalJSON(source); err != nil {
		t.Fatal(err)
	}
	source[1] = 'b'
	if r.String() != `"a"` {
		t.Error("UnmarshalJSON kept the caller's bytes")
	}
	if (*types.JsonRaw)(nil).UnmarshalJSON(source) == nil {
		t.Error("nil receiver was accepted")
	}
}

func TestJsonColumns(t *testing.T) {
	t.Parallel()
	var list types.JsonArray[string]
	if v, err := list.Value(); v != "[]" || err != nil {
		t.Errorf("nil list = %v, %v", v, err)
	}
	for in, want := range map[any]string{nil: "[]", "": "[]", `["a","b"]`: `["a","b"]`} {
		if err := list.Scan(in); err != nil {
			t.Errorf("scan %v: %v", in, err)
		}
		if v, _ := list.Value(); v != want {
			t.Errorf("scan %v gave %v", in, v)
		}
	}
	if list.Scan(5) == nil || list.Scan([]byte("{")) == nil {
		t.Error("a bad list was accepted")
	}

	var m types.JsonMap
	if raw, err := json.Marshal(m); string(raw) != "{}" || err != nil {
		t.Errorf("nil map = %s, %v", raw, err)
	}
	for in, want := range map[any]string{nil: "{}", "": "{}", `{"b":1,"a":"x"}`: `{"a":"x","b":1}`} {
		m = nil
		if err := m.Scan(in); err != nil {
			t.Errorf("scan %v: %v", in, err)
		}
		if v, _ := m.Value(); v != want {
			t.Errorf("scan %v gave %v", in, v)
		}
	}
	m.Set("c", 5)
	if m.Get("c") != 5 || m.Get("missing") != nil {
		t.Errorf("map is %v", m)
	}
	if m.Scan(5) == nil || m.Scan("[") == nil {
		t.Error("a bad map was accepted")
	}
	if p := new(5); *p != 5 {
		t.Error("Pointer")
	}
}

var awkwardTexts = []string{
	"", "plain", "quote \" back \\ slash", "<a href='x'>&</a>", "tab\tnew\nline\r\b\f", "\x00\x1f\x7f",
	"åäö 日本語 🎣", "\u2028\u2029", "bad \xff utf \xc3\x28", "\xe2\x80", "end \xe2", "a\ufffdb",
}

func TestAppendJSONString(t *testing.T) {
	t.Parallel()
	for _, s := range awkwardTexts {
		want, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		if got := types.AppendJSONString([]byte("x"), s); string(got) != "x"+string(want) {
			t.Errorf("%q: got %s, want x%s", s, got, want)
		}
	}
	want, _ := json.Marshal(awkwardTexts)
	if got := types.AppendJSONStrings(nil, awkwardTexts); string(got) != string(want) {
		t.Errorf("list: got %s", got)
	}
	if got := types.AppendJSONStrings(nil, nil); string(got) != "[]" {
		t.Errorf("nil list: got %s", got)
	}
}

func TestAppendJSONFloat(t *testing.T) {
	t.Parallel()
	for _, f := range []float64{
		0, math.Copysign(0, -1), 1, -1, 0.1, -2.5, 1e-6, 9.99e-7, 1e-9, 1.5e-12, 1e20, 1e21, 1.5e300, -1e21,
		1 << 53, 1<<53 + 2, -(1 << 53), math.MaxFloat64, math.SmallestNonzeroFloat64, math.Pi, 123456789.125,
		math.MaxInt64, math.MinInt64,
	} {
		want, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		if got := types.AppendJSONFloat(nil, f); string(got) != string(want) {
			t.Errorf("%v: got %s, want %s", f, got, want)
		}
	}
	for _, f := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		if got := types.AppendJSONFloat(nil, f); string(got) != "null" {
			t.Errorf("%v: got %s", f, got)
		}
	}
}

var documents = []string{
	`null`, `true`, `false`, `0`, `-0`, `-1.5e+10`, `1E5`, `"x"`, `[]`, `{}`, `[ 1 , "a" , { "b" : [ ] } ]`,
	"\t{\r\n\"a\" : \"<b> & c\" }\n", `"\u00e9 \" \\ \/ \b\f\n\r\t"`, "\"\u2028 \u2029 é\"", "\"bad \xff\"",
	`{"a":{"b":{"c":[1,2,3,null,true]}},"a":2}`, `"&"`, `"trailing \\"`,
	// not JSON
	``, ` `, `nul`, `tru e`, `01`, `-`, `1.`, `.5`, `1e`, `+1`, `"x`, `"\x"`, `"\u12g4"`, `"\`, `[1,]`, `[1 2]`, `{"a"}`, `{"a":}`,
	`{a:1}`, `{"a":1,}`, `[`, `{`, `]`, "\"a\nb\"", `1 2`, `NaN`, `'x'`, `{"a":1}}`,
}

func TestAppendJSONCompact(t *testing.T) {
	t.Parallel()
	for _, s := range documents {
		checkCompact(t, s)
	}
	deep := strings.Repeat("[", 10000) + strings.Repeat("]", 10000)
	checkCompact(t, deep)
	checkCompact(t, "["+deep+"]")
}

func checkCompact(t *testing.T, s string) {
	t.Helper()
	want, err := json.Marshal(json.RawMessage(s))
	if !json.Valid([]byte(s)) {
		want, err = nil, json.Unmarshal([]byte(s), new(any))
	}
	got, ok := types.AppendJSONCompact([]byte("x"), s)
	if ok != (err == nil) || string(got) != "x"+string(want) {
		t.Errorf("%.60q: got %.60q, %v; want %.60q, %v", s, got, ok, want, err)
	}
	if fromBytes, ok2 := types.AppendJSONCompact([]byte("x"), []byte(s)); ok2 != ok || string(fromBytes) != string(got) {
		t.Errorf("%.60q: bytes and text differ", s)
	}
}

func FuzzAppendJSONCompact(f *testing.F) {
	for _, s := range documents {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) { checkCompact(t, s) })
}

func TestAppendJSONDocument(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"": `""`, "null": "null", "true": "true", "false": "false", "5": "5", "-1.5": "-1.5", `"q"`: `"q"`,
		"[1, 2]": "[1,2]", `{"a": 1}`: `{"a":1}`, "word": `"word"`, " 5": `" 5"`, "{bad": `"{bad"`, "nullx": `"nullx"`,
		"<b>": `"\u003cb\u003e"`, "5 apples": `"5 apples"`,
	} {
		if got := types.AppendJSONDocument(nil, in); string(got) != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
		isDocument := want != string(types.AppendJSONString(nil, in))
		if in != `"q"` && types.IsJSONDocument(in) != isDocument {
			t.Errorf("IsJSONDocument(%q) = %v", in, !isDocument)
		}
	}
	if !types.IsJSONDocument(`"q"`) {
		t.Error(`IsJSONDocument("q")`)
	}
}

func TestIsJSONDocumentDoesNotAllocate(t *testing.T) {
	s := `{"a":["<b>&",1.5,null,{"c":"` + strings.Repeat("x", 500) + `"}]}`
	if n := testing.AllocsPerRun(100, func() {
		if !types.IsJSONDocument(s) {
			t.Error("not a document")
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
