package apis

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestPickFields(t *testing.T) {
	t.Parallel()
	const object = `{"a":1.50,"b":{"c":1,"d":[{"e":1,"f":2},{"e":3}]},"html":"<p>Hello <b>wide</b> world</p>","<x>":1}`
	for _, tc := range []struct{ fields, want string }{
		{"a", `{"a":1.50}`},
		{"a, b.c ,none,", `{"a":1.50,"b":{"c":1}}`},
		{"b", `{"b":{"c":1,"d":[{"e":1,"f":2},{"e":3}]}}`},
		{"b,b.c", `{"b":{"c":1,"d":[{"e":1,"f":2},{"e":3}]}}`},
		{"b.d.e", `{"b":{"d":[{"e":1},{"e":3}]}}`},
		{"*", `{"\u003cx\u003e":1,"a":1.50,"b":{"c":1,"d":[{"e":1,"f":2},{"e":3}]},"html":"\u003cp\u003eHello \u003cb\u003ewide\u003c/b\u003e world\u003c/p\u003e"}`},
		{"*,b.c,html:excerpt(5)", `{"\u003cx\u003e":1,"a":1.50,"b":{"c":1},"html":"Hello"}`},
		{"b.*", `{"b":{"c":1,"d":[{"e":1,"f":2},{"e":3}]}}`},
		{"b.*.e", `{"b":{}}`},
		{"html:excerpt(7,true)", `{"html":"Hello w..."}`},
		{"html:excerpt(100, true)", `{"html":"Hello wide world"}`},
		{"a:excerpt(1)", `{"a":1.50}`},
		{"none", `{}`},
	} {
		got, err := pickFields([]byte(object), tc.fields, false)
		if err != nil || string(got) != tc.want {
			t.Errorf("%q: %s, %v; want %s", tc.fields, got, err, tc.want)
		}
	}
	for _, fields := range []string{"a:nope", "a:excerpt", "a:excerpt()", "a:excerpt(0)", "a:excerpt(x)", "a:excerpt(1,2,3)", "a:excerpt(1"} {
		if _, err := pickFields([]byte(object), fields, false); err == nil {
			t.Errorf("%q must fail", fields)
		}
	}
	got, err := pickFields([]byte(`{"page":1,"items":[{"a":1,"b":2}]}`), "b", true)
	if err != nil || string(got) != `{"items":[{"b":2}],"page":1}` {
		t.Errorf("list: %s, %v", got, err)
	}
	got, err = pickFields([]byte(`{"page":1,"perPage":1,"totalItems":1,"totalPages":1,"items":[{"a":1,"b":2}]}`), "b", false)
	if err != nil || string(got) != `{"items":[{"b":2}],"page":1,"perPage":1,"totalItems":1,"totalPages":1}` {
		t.Errorf("page made by a user's route: %s, %v", got, err)
	}
}

func FuzzPickFields(f *testing.F) {
	for _, fields := range []string{"a", "a.b,*", "a:excerpt(10,true)", "*.x", "a:excerpt((", ",,:.", "a..b:excerpt(1)"} {
		f.Add(fields, `{"a":{"b":[1,"<p>x"]},"c":null}`)
	}
	f.Fuzz(func(t *testing.T, fields, raw string) {
		if !json.Valid([]byte(raw)) || len(fields) > 1000 {
			t.Skip()
		}
		got, err := pickFields([]byte(raw), fields, false)
		if err == nil && !json.Valid(got) {
			t.Fatalf("fields %q of %s gave %s", fields, raw, got)
		}
	})
}

func FuzzParseExpands(f *testing.F) {
	f.Add("a,b.c, a ,,x_via_y(z)")
	f.Fuzz(func(t *testing.T, raw string) {
		seen := map[string]bool{}
		for _, path := range parseExpands(raw) {
			if path == "" || seen[path] || strings.ContainsAny(path, " ,") {
				t.Fatalf("%q gave %q", raw, path)
			}
			seen[path] = true
		}
	})
}
