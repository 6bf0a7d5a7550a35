package schema_test

import (
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"testing"
	"time"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

func date(t *testing.T, s string) types.DateTime {
	t.Helper()
	d, err := types.ParseDateTime(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// field reads a definition; the name is "f".
func field(t *testing.T, typ, options string) *schema.SchemaField {
	t.Helper()
	f := &schema.SchemaField{}
	raw := fmt.Sprintf(`{"id":"field_id","name":"f","type":%q,"options":%s}`, typ, options)
	if err := json.Unmarshal([]byte(raw), f); err != nil {
		t.Fatal(err)
	}
	if err := f.InitOptions(); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestPrepareValue(t *testing.T) {
	t.Parallel()
	raw := func(s string) types.JsonRaw { return types.JsonRaw(s) }
	moment := time.Date(2022, 5, 5, 10, 0, 0, 0, time.UTC)
	for _, tc := range []struct {
		typ, options string
		in, want     any
	}{
		{"text", `{}`, nil, ""},
		{"text", `{}`, "a", "a"},
		{"text", `{}`, 12, "12"},
		{"text", `{}`, 1.5, "1.5"},
		{"text", `{}`, true, "true"},
		{"text", `{}`, map[string]any{"a": 1}, ""},
		{"text", `{}`, []any{"a"}, ""},
		{"text", `{}`, raw(`{"a":1}`), `{"a":1}`},
		{"email", `{}`, 5, "5"},
		{"url", `{}`, nil, ""},
		{"editor", `{}`, "<p>", "<p>"},

		{"number", `{}`, nil, 0.0},
		{"number", `{}`, "4.5", 4.5},
		{"number", `{}`, "1e3", 1000.0},
		{"number", `{}`, "x", 0.0},
		{"number", `{}`, "", 0.0},
		{"number", `{}`, int64(7), 7.0},
		{"number", `{}`, 7, 7.0},
		{"number", `{}`, uint8(7), 7.0},
		{"number", `{}`, true, 1.0},
		{"number", `{}`, []any{1}, 0.0},
		{"number", `{}`, "Inf", math.Inf(1)},

		{"bool", `{}`, nil, false},
		{"bool", `{}`, 1, true},
		{"bool", `{}`, 0, false},
		{"bool", `{}`, -0.5, true},
		{"bool", `{}`, int64(2), true},
		{"bool", `{}`, "1", true},
		{"bool", `{}`, "t", true},
		{"bool", `{}`, "TRUE", true},
		{"bool", `{}`, "yes", false},
		{"bool", `{}`, "f", false},
		{"bool", `{}`, "", false},
		{"bool", `{}`, []any{}, false},
		{"bool", `{}`, map[string]any{"a": 1}, false},

		{"date", `{}`, nil, types.DateTime{}},
		{"date", `{}`, "2020-01-02", date(t, "2020-01-02 00:00:00.000Z")},
		{"date", `{}`, moment, date(t, "2022-05-05 10:00:00.000Z")},
		{"date", `{}`, 5.0, types.DateTime{}},
		{"date", `{}`, "2022-05-05 10:00", types.DateTime{}},

		{"select", `{"maxSelect":1}`, nil, ""},
		{"select", `{"maxSelect":1}`, "a", "a"},
		{"select", `{"maxSelect":1}`, []string{"a", "b"}, "b"},
		{"select", `{"maxSelect":1}`, []any{"a", "b", ""}, "b"},
		{"select", `{"maxSelect":1}`, `["a","b"]`, "b"},
		{"select", `{"maxSelect":1}`, `a[b`, "a[b"},
		{"select", `{"maxSelect":1}`, []any{}, ""},
		{"select", `{"maxSelect":1}`, 5, "5"},
		{"select", `{"maxSelect":2}`, nil, []string{}},
		{"select", `{"maxSelect":2}`, "", []string{}},
		{"select", `{"maxSelect":2}`, "[]", []string{}},
		{"select", `{"maxSelect":2}`, "a", []string{"a"}},
		{"select", `{"maxSelect":2}`, []any{"a", "", "b", "a", 5}, []string{"a", "b", "5"}},
		{"select", `{"maxSelect":2}`, `["a","a","b"]`, []string{"a", "b"}},
		{"select", `{"maxSelect":2}`, `[bad`, []string{"[bad"}},
		{"select", `{"maxSelect":2}`, raw(`["a"]`), []string{"a"}},
		{"select", `{"maxSelect":2}`, types.JsonArray[string]{"a"}, []string{"a"}},
		{"select", `{"maxSelect":2}`, []byte(`["a"]`), []string{"a"}},
		{"select", `{"maxSelect":2}`, map[string]any{"a": 1}, []string{}},
		{"file", `{"maxSelect":1}`, []string{"a.txt"}, "a.txt"},
		{"file", `{"maxSelect":5}`, "a.txt", []string{"a.txt"}},
		{"relation", `{"maxSelect":1}`, "id1", "id1"},
		{"relation", `{"maxSelect":null}`, "id1", []string{"id1"}},
		{"relation", `{"maxSelect":3}`, []any{"x", "y", "x"}, []string{"x", "y"}},

		{"json", `{}`, nil, raw("null")},
		{"json", `{}`, "", raw(`""`)},
		{"json", `{}`, "null", raw("null")},
		{"json", `{}`, "true", raw("true")},
		{"json", `{}`, "word", raw(`"word"`)},
		{"json", `{}`, `"quoted"`, raw(`"quoted"`)},
		{"json", `{}`, "123", raw("123")},
		{"json", `{}`, "-1.5", raw("-1.5")},
		{"json", `{}`, "5 apples", raw(`"5 apples"`)},
		{"json", `{}`, `{"k": 1}`, raw(`{"k": 1}`)},
		{"json", `{}`, `[1,2`, raw(`"[1,2"`)},
		{"json", `{}`, 5, raw("5")},
		{"json", `{}`, true, raw("true")},
		{"json", `{}`, map[string]any{"b": 1, "a": "<"}, raw("{\"a\":\"\\u003c\",\"b\":1}")},
		{"json", `{}`, []any{1, "x"}, raw(`[1,"x"]`)},
		{"json", `{}`, raw(`{"a":1}`), raw(`{"a":1}`)},
		{"json", `{}`, types.JsonRaw{}, raw("null")},
		{"json", `{}`, math.NaN(), raw("null")},
	} {
		got := field(t, tc.typ, tc.options).PrepareValue(tc.in)
		if !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%s %s: PrepareValue(%#v) = %#v, want %#v", tc.typ, tc.options, tc.in, got, tc.want)
		}
		if again := field(t, tc.typ, tc.options).PrepareValue(got); !reflect.DeepEqual(again, got) {
			t.Errorf("%s: PrepareValue is not stable on %#v: %#v", tc.typ, got, again)
		}
	}
	if got := (&schema.SchemaField{Type: "nope"}).PrepareValue(5); got != 5 {
		t.Errorf("unknown type: %v", got)
	}
}

func TestPrepareValueCopiesLists(t *testing.T) {
	t.Parallel()
	in := []string{"a", "a", "b"}
	out, _ := field(t, "select", `{"maxSelect":3}`).PrepareValue(in).([]string)
	out[0] = "changed"
	if !reflect.DeepEqual(in, []string{"a", "a", "b"}) {
		t.Errorf("the given list became %v", in)
	}
	many := make([]string, 0, 100)
	for i := range 100 {
		many = append(many, fmt.Sprint(i%40))
	}
	if got := schema.UniqueStrings(many); len(got) != 40 || got[39] != "39" {
		t.Errorf("long list: %v", got)
	}
}

func TestPrepareValueWithModifier(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		typ, options string
		base         any
		modifier     string
		in, want     any
	}{
		{"number", `{}`, 5, "+", 3, 8.0},
		{"number", `{}`, "5", "-", "1.5", 3.5},
		{"number", `{}`, nil, "+", 2, 2.0},
		{"number", `{}`, 5, "-", "x", 5.0},
		{"number", `{}`, 5, "*", 2, 5.0},
		{"select", `{"maxSelect":3}`, []string{"a"}, "+", []any{"b", "a"}, []string{"a", "b"}},
		{"select", `{"maxSelect":3}`, []string{"a", "b"}, "-", "a", []string{"b"}},
		{"select", `{"maxSelect":3}`, []string{"a"}, "*", "b", []string{"a"}},
		{"select", `{"maxSelect":1}`, "a", "+", "b", "b"},
		{"select", `{"maxSelect":1}`, "a", "+", "", "a"},
		{"select", `{"maxSelect":1}`, "a", "-", "a", ""},
		{"select", `{"maxSelect":1}`, "a", "-", "b", "a"},
		{"relation", `{"maxSelect":null}`, `["x","y"]`, "+", "z", []string{"x", "y", "z"}},
		{"relation", `{"maxSelect":null}`, `["x","y"]`, "-", []string{"x", "y"}, []string{}},
		{"file", `{"maxSelect":5}`, []string{"a", "b"}, "-", "b", []string{"a"}},
		{"file", `{"maxSelect":5}`, []string{"a"}, "+", "b", []string{"a"}},
		{"file", `{"maxSelect":1}`, "a", "-", "a", ""},
		{"text", `{}`, "a", "+", "b", "a"},
		{"bool", `{}`, "true", "-", "b", true},
		{"json", `{}`, "[1]", "+", 2, types.JsonRaw("[1]")},
	} {
		got := field(t, tc.typ, tc.options).PrepareValueWithModifier(tc.base, tc.modifier, tc.in)
		if !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%s %s: %v %s %v = %#v, want %#v", tc.typ, tc.options, tc.base, tc.modifier, tc.in, got, tc.want)
		}
	}
	if got := (&schema.SchemaField{Type: "nope"}).PrepareValueWithModifier(5, "+", 1); got != 5 {
		t.Errorf("unknown type: %v", got)
	}
}

// codeOf returns "code: message" of a validation error, sentence form included.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	e, ok := err.(validation.Error) //nolint:errorlint // field errors are never wrapped
	if !ok {
		return "?: " + err.Error()
	}
	return e.Code() + ": " + e.Error()
}

func TestValidateValue(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		typ, options string
		required     bool
		in           any
		want         string
	}{
		{"text", `{}`, true, "", "validation_required: Missing required value"},
		{"text", `{"min":2,"max":4,"pattern":"^a"}`, false, "", ""},
		{"text", `{"min":2}`, false, "a", "validation_min_text_constraint: Must be at least 2 character(s)"},
		{"text", `{"min":2}`, false, "åä", ""},
		{"text", `{"max":4}`, false, "abcde", "validation_max_text_constraint: Must be less than 4 character(s)"},
		{"text", `{"max":4}`, false, "åäöü", ""},
		{"text", `{"max":0}`, false, "abcde", ""},
		{"text", `{"pattern":"b+"}`, false, "abc", ""},
		{"text", `{"pattern":"b+"}`, false, "ac", "validation_invalid_format: Invalid value format"},
		{"text", `{"pattern":"("}`, false, "ac", "validation_invalid_format: Invalid value format"},
		{"editor", `{}`, true, nil, "validation_required: Missing required value"},
		{"editor", `{}`, true, "<p>", ""},

		{"number", `{}`, true, 0, "validation_required: Missing required value"},
		{"number", `{"min":5}`, false, 0, ""},
		{"number", `{"min":5}`, false, 4, "validation_min_number_constraint: Must be larger than 5.000000"},
		{"number", `{"min":5}`, false, 5, ""},
		{"number", `{"max":10}`, false, 10.5, "validation_max_number_constraint: Must be less than 10.000000"},
		{"number", `{"max":10}`, false, 10, ""},
		{"number", `{"noDecimal":true}`, false, 1.5, "validation_no_decimal_constraint: Decimal numbers are not allowed"},
		{"number", `{"noDecimal":true}`, false, -2, ""},
		{"number", `{}`, false, "NaN", "validation_nan: The submitted number is not properly formatted"},
		{"number", `{}`, false, "-Inf", "validation_nan: The submitted number is not properly formatted"},

		{"bool", `{}`, true, false, "validation_required: Missing required value"},
		{"bool", `{}`, true, true, ""},
		{"bool", `{}`, false, false, ""},

		{"email", `{}`, false, "", ""},
		{"email", `{}`, false, "x", "validation_invalid_email: Must be a valid email"},
		{"email", `{}`, false, "a@example.com", ""},
		{"email", `{"onlyDomains":["b.com"]}`, false, "a@example.com", "validation_email_domain_not_allowed: Email domain is not allowed"},
		{"email", `{"onlyDomains":["b.com"]}`, false, "a@b.com", ""},
		{"email", `{"exceptDomains":["b.com"]}`, false, "a@b.com", "validation_email_domain_not_allowed: Email domain is not allowed"},
		{"email", `{"onlyDomains":["b.com"]}`, false, "a@B.com", ""},
		{"email", `{"exceptDomains":["b.com"]}`, false, "a@B.COM", "validation_email_domain_not_allowed: Email domain is not allowed"},

		{"url", `{}`, false, "", ""},
		{"url", `{}`, false, "x y", "validation_invalid_url: Must be a valid url"},
		{"url", `{}`, false, "https://example.com/a?b#c", ""},
		{"url", `{"onlyDomains":["example.com"]}`, false, "https://example.com:80", "validation_url_domain_not_allowed: Url domain is not allowed"},
		{"url", `{"onlyDomains":["example.com:80"]}`, false, "https://example.com:80", ""},
		{"url", `{"exceptDomains":["example.com"]}`, false, "http://EXAMPLE.com", "validation_url_domain_not_allowed: Url domain is not allowed"},
		{"url", `{"exceptDomains":["example.com"]}`, false, "http://example.com", "validation_url_domain_not_allowed: Url domain is not allowed"},

		{"date", `{}`, true, "bad", "validation_required: Missing required value"},
		{"date", `{"min":"2022-01-01"}`, false, "", ""},
		{"date", `{"min":"2022-01-01"}`, false, "2021-12-31", "validation_min_greater_equal_than_required: must be no less than 2022-01-01 00:00:00 +0000 UTC"},
		{"date", `{"min":"2022-01-01"}`, false, "2022-01-01", ""},
		{"date", `{"max":"2022-01-01"}`, false, "2022-01-02", "validation_max_less_equal_than_required: must be no greater than 2022-01-01 00:00:00 +0000 UTC"},

		{"select", `{"maxSelect":1,"values":["a","b"]}`, true, "", "validation_required: Missing required value"},
		{"select", `{"maxSelect":1,"values":["a","b"]}`, false, "", ""},
		{"select", `{"maxSelect":1,"values":["a","b"]}`, false, "c", "validation_invalid_value: Invalid value c"},
		{"select", `{"maxSelect":2,"values":["a","b","c"]}`, false, []string{"a", "b", "c"}, "validation_too_many_values: Select no more than 2"},
		{"select", `{"maxSelect":2,"values":["a","b","c"]}`, false, []string{"a", "d"}, "validation_invalid_value: Invalid value d"},
		{"select", `{"maxSelect":2,"values":["a","b","c"]}`, true, []string{}, "validation_required: Missing required value"},

		{"json", `{"maxSize":10}`, true, nil, "validation_required: Missing required value"},
		{"json", `{"maxSize":10}`, true, "", "validation_required: Missing required value"},
		{"json", `{"maxSize":10}`, true, "{}", "validation_required: Missing required value"},
		{"json", `{"maxSize":10}`, true, []any{}, "validation_required: Missing required value"},
		{"json", `{"maxSize":10}`, true, 0, ""},
		{"json", `{"maxSize":10}`, false, "1234567890", ""},
		{"json", `{"maxSize":10}`, false, "12345678901", "validation_json_size_limit: The maximum allowed JSON size is 10 bytes"},
		{"json", `{"maxSize":10}`, false, types.JsonRaw("{bad"), "validation_invalid_json: Must be a valid json value"},

		{"file", `{"maxSelect":1}`, true, "", "validation_required: Missing required value"},
		{"file", `{"maxSelect":2}`, false, []string{"a", "b", "c"}, "validation_too_many_values: Select no more than 2"},
		{"file", `{"maxSelect":2}`, false, []string{"a", "b"}, ""},

		{"relation", `{"maxSelect":1}`, true, nil, "validation_required: Missing required value"},
		{"relation", `{"minSelect":2}`, false, nil, ""},
		{"relation", `{"minSelect":2}`, false, "a", "validation_not_enough_values: Select at least 2"},
		{"relation", `{"maxSelect":2}`, false, []string{"a", "b", "c"}, "validation_too_many_values: Select no more than 2"},
	} {
		f := field(t, tc.typ, tc.options)
		f.Required = tc.required
		if got := codeOf(schema.ValidateValue(f, tc.in)); got != tc.want {
			t.Errorf("%s %s %#v: got %q, want %q", tc.typ, tc.options, tc.in, got, tc.want)
		}
	}
	if err := schema.ValidateValue(&schema.SchemaField{Type: "nope"}, 1); err != nil {
		t.Errorf("unknown type: %v", err)
	}
	if err := schema.ValidateValue(&schema.SchemaField{Type: "text", Options: 5}, 1); err == nil {
		t.Error("bad options were accepted")
	}
}

func TestValidateUploads(t *testing.T) {
	t.Parallel()
	f := field(t, "file", `{"maxSelect":5,"maxSize":10,"mimeTypes":["image/png","image/jpeg"]}`)
	is := func(mime string) func(string) bool { return func(m string) bool { return m == mime } }
	for _, tc := range []struct {
		uploads []schema.Upload
		want    string
	}{
		{nil, ""},
		{[]schema.Upload{{Name: "a_1.png", OriginalName: "a.png", Size: 10, IsMime: is("image/png")}}, ""},
		{
			[]schema.Upload{{Name: "a_1.txt", OriginalName: "a.txt", Size: 10, IsMime: is("text/plain")}, {OriginalName: "b.txt", Size: 11}},
			`validation_file_size_limit: Failed to upload "b.txt" - the maximum allowed file size is 10 bytes`,
		},
		{
			[]schema.Upload{{Name: "a_1.txt", OriginalName: "a.txt", Size: 10, IsMime: is("text/plain")}},
			`validation_invalid_mime_type: "a_1.txt" mime type must be one of: image/png, image/jpeg`,
		},
	} {
		if got := codeOf(schema.ValidateUploads(f, tc.uploads)); got != tc.want {
			t.Errorf("got %q, want %q", got, tc.want)
		}
	}
	if got := codeOf(schema.ValidateUploads(field(t, "file", `{"maxSize":10}`), []schema.Upload{{Size: 1}})); got != "" {
		t.Errorf("no mime limit: %s", got)
	}
	if schema.ValidateUploads(field(t, "text", `{}`), nil) == nil {
		t.Error("a text field took uploads")
	}
}
