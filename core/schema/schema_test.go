package schema_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/schema"
)

func decode(t *testing.T, raw string) *schema.Schema {
	t.Helper()
	s := &schema.Schema{}
	if err := json.Unmarshal([]byte(raw), s); err != nil {
		t.Fatal(err)
	}
	return s
}

// flatten lists the codes of nested validation errors by dotted path.
func flatten(prefix string, err error, into map[string]string) map[string]string {
	switch e := err.(type) { //nolint:errorlint // field errors are never wrapped
	case nil:
	case validation.Errors:
		for k, inner := range e {
			flatten(strings.TrimPrefix(prefix+"."+k, "."), inner, into)
		}
	case validation.Error:
		into[prefix] = e.Code()
	default:
		into[prefix] = "?" + err.Error()
	}
	return into
}

func TestSchemaValidate(t *testing.T) {
	t.Parallel()
	const ok = `"id":"field1","name":"a","type":"text"`
	for _, tc := range []struct {
		name, fields string
		want         map[string]string
	}{
		{"empty", `[]`, nil},
		{"generated ids", `[{"name":"a","type":"text"},{"name":"b","type":"bool"}]`, nil},
		{"blank name", `[{"type":"text","name":""}]`, map[string]string{"0.name": "validation_required"}},
		{"blank type", `[{"name":"a"}]`, map[string]string{"0.type": "validation_required"}},
		{"unknown type", `[{"name":"a","type":"zip","options":{"x":1}}]`, map[string]string{"0.type": "validation_in_invalid"}},
		{"short id", `[{"id":"abcd","name":"a","type":"text"}]`, map[string]string{"0.id": "validation_length_out_of_range"}},
		{"bad name", `[{"name":"a-b","type":"text"}]`, map[string]string{"0.name": "validation_match_invalid"}},
		{"via", `[{"name":"a_VIA_b","type":"text"}]`, map[string]string{"0.name": "validation_invalid_name"}},
		{"long name", `[{"name":"` + strings.Repeat("a", 256) + `","type":"text"}]`, map[string]string{"0.name": "validation_length_out_of_range"}},
		{
			"reserved", `[{"name":"id","type":"text"},{"name":"expand","type":"text"},{"name":"_rowid_","type":"text"}]`,
			map[string]string{"0.name": "validation_not_in_invalid", "1.name": "validation_not_in_invalid", "2.name": "validation_not_in_invalid"},
		},
		{"same id", `[{` + ok + `},{"id":"field1","name":"b","type":"text"}]`, map[string]string{"1.id": "validation_duplicated_field_id"}},
		{"same name", `[{` + ok + `},{"id":"field2","name":"A","type":"text"}]`, map[string]string{"1.name": "validation_duplicated_field_name"}},
		{"unique file", `[{"name":"a","type":"file","unique":true,"options":{"maxSelect":1,"maxSize":1}}]`, map[string]string{"0.unique": "validation_empty"}},
		{"option shape", `[{"name":"a","type":"text","options":{"min":"x"}}]`, map[string]string{"0.options": "validation_invalid_options"}},
		{"options no object", `[{"name":"a","type":"text","options":[1]}]`, map[string]string{"0.options": "validation_invalid_options"}},
		{"several", `[{"name":"a","type":"select"},{"name":"","type":"json"}]`, map[string]string{
			"0.options.values": "validation_required", "0.options.maxSelect": "validation_required",
			"1.name": "validation_required", "1.options.maxSize": "validation_required",
		}},
	} {
		got := flatten("", decode(t, tc.fields).Validate(), map[string]string{})
		if len(got) != len(tc.want) || (len(got) > 0 && !reflect.DeepEqual(got, tc.want)) {
			t.Errorf("%s: got %v, want %v", tc.name, got, tc.want)
		}
	}
}

func TestOptionsValidate(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		typ, options string
		want         map[string]string
	}{
		{"text", `{"min":2,"max":2,"pattern":"^a"}`, nil},
		{"text", `{"min":-1}`, map[string]string{"min": "validation_min_greater_equal_than_required"}},
		{"text", `{"min":3,"max":2}`, map[string]string{"max": "validation_min_greater_equal_than_required"}},
		{"text", `{"max":-1}`, map[string]string{"max": "validation_min_greater_equal_than_required"}},
		{"text", `{"pattern":"("}`, map[string]string{"pattern": "validation_invalid_regex"}},
		{"number", `{"min":2,"max":2}`, nil},
		{"number", `{"max":-5}`, nil},
		{"number", `{"min":2,"max":1.5}`, map[string]string{"max": "validation_min_greater_equal_than_required"}},
		{"number", `{"min":1.5,"max":2.5,"noDecimal":true}`, map[string]string{"min": "validation_no_decimal_constraint", "max": "validation_no_decimal_constraint"}},
		{"bool", `{}`, nil},
		{"editor", `{"convertUrls":true}`, nil},
		{"email", `{"exceptDomains":["a.com"]}`, nil},
		{"email", `{"exceptDomains":["a b"]}`, map[string]string{"exceptDomains.0": "validation_is_domain"}},
		{"email", `{"exceptDomains":["a.com"],"onlyDomains":["b.com"]}`, map[string]string{"exceptDomains": "validation_empty", "onlyDomains": "validation_empty"}},
		{"url", `{"onlyDomains":["x!"]}`, map[string]string{"onlyDomains.0": "validation_is_domain"}},
		{"url", `{"exceptDomains":["a.com"],"onlyDomains":["b.com"]}`, map[string]string{"exceptDomains": "validation_empty", "onlyDomains": "validation_empty"}},
		{"date", `{"min":"2022-01-02","max":"2022-01-02"}`, nil},
		{"date", `{"min":"2022-01-02"}`, nil},
		{"date", `{"min":"2022-01-02","max":"2022-01-01"}`, map[string]string{"max": "validation_date_out_of_range"}},
		{"select", `{"values":["a"],"maxSelect":1}`, nil},
		{"select", `{"values":["a"],"maxSelect":2}`, map[string]string{"maxSelect": "validation_max_less_equal_than_required"}},
		{"select", `{"values":["a"],"maxSelect":-1}`, map[string]string{"maxSelect": "validation_min_greater_equal_than_required"}},
		{"json", `{"maxSize":5}`, nil},
		{"json", `{}`, map[string]string{"maxSize": "validation_required"}},
		{"json", `{"maxSize":-5}`, map[string]string{"maxSize": "validation_min_greater_equal_than_required"}},
		{"file", `{"maxSelect":1,"maxSize":1,"thumbs":["100x100","10x0","0x10t","1x2b","3x4f"]}`, nil},
		{"file", `{"thumbs":["0x0","0x0t","x1","100x100z"]}`, map[string]string{
			"maxSelect": "validation_required", "maxSize": "validation_required", "thumbs.0": "validation_not_in_invalid",
			"thumbs.1": "validation_not_in_invalid", "thumbs.2": "validation_match_invalid", "thumbs.3": "validation_match_invalid",
		}},
		{"relation", `{"collectionId":"x"}`, nil},
		{"relation", `{"collectionId":"x","minSelect":2,"maxSelect":2}`, nil},
		{"relation", `{"minSelect":-1,"maxSelect":0}`, map[string]string{
			"collectionId": "validation_required",
			"minSelect":    "validation_min_greater_equal_than_required", "maxSelect": "validation_nil_or_not_empty_required",
		}},
		{"relation", `{"collectionId":"x","minSelect":3,"maxSelect":2}`, map[string]string{"maxSelect": "validation_min_greater_equal_than_required"}},
	} {
		f := field(t, tc.typ, tc.options)
		want := map[string]string{}
		for k, v := range tc.want {
			want["options."+k] = v
		}
		if got := flatten("", f.Validate(), map[string]string{}); !reflect.DeepEqual(got, want) {
			t.Errorf("%s %s: got %v, want %v", tc.typ, tc.options, got, want)
		}
	}
}

func TestFieldJSON(t *testing.T) {
	t.Parallel()
	for typ, options := range map[string]string{
		"text":     `{"min":null,"max":null,"pattern":""}`,
		"number":   `{"min":null,"max":null,"noDecimal":false}`,
		"bool":     `{}`,
		"email":    `{"exceptDomains":null,"onlyDomains":null}`,
		"url":      `{"exceptDomains":null,"onlyDomains":null}`,
		"editor":   `{"convertUrls":false}`,
		"date":     `{"min":"","max":""}`,
		"select":   `{"maxSelect":0,"values":null}`,
		"json":     `{"maxSize":0}`,
		"file":     `{"mimeTypes":null,"thumbs":null,"maxSelect":0,"maxSize":0,"protected":false}`,
		"relation": `{"collectionId":"","cascadeDelete":false,"minSelect":null,"maxSelect":null,"displayFields":null}`,
	} {
		want := `{"system":false,"id":"field1","name":"f","type":"` + typ + `","required":false,"presentable":false,"unique":false,"options":` + options + `}`
		f := &schema.SchemaField{Id: "field1", Name: "f", Type: typ}
		if got := f.String(); got != want {
			t.Errorf("%s: got %s", typ, got)
		}
		if f.Options != nil {
			t.Errorf("%s: printing changed the field", typ)
		}
		var back schema.SchemaField
		if err := json.Unmarshal([]byte(want), &back); err != nil || back.String() != want {
			t.Errorf("%s: decoded %s, %v", typ, back, err)
		}
	}
	var bad schema.SchemaField
	if json.Unmarshal([]byte(`{"name":5}`), &bad) == nil {
		t.Error("a number was taken for a name")
	}
	odd := schema.SchemaField{Name: "f", Type: "nope", Options: map[string]any{"a": 1}}
	if !strings.HasSuffix(odd.String(), `"options":{"a":1}}`) || odd.InitOptions() == nil {
		t.Errorf("unknown type: %s", odd)
	}
}

func TestColDefinition(t *testing.T) {
	t.Parallel()
	const list = "JSON DEFAULT '[]' NOT NULL"
	const text = "TEXT DEFAULT '' NOT NULL"
	for _, tc := range []struct{ typ, options, want string }{
		{"text", `{}`, text},
		{"email", `{}`, text},
		{"url", `{}`, text},
		{"editor", `{}`, text},
		{"date", `{}`, text},
		{"number", `{}`, "NUMERIC DEFAULT 0 NOT NULL"},
		{"bool", `{}`, "BOOLEAN DEFAULT FALSE NOT NULL"},
		{"json", `{}`, "JSON DEFAULT NULL"},
		{"select", `{"maxSelect":1}`, text},
		{"select", `{"maxSelect":2}`, list},
		{"file", `{"maxSelect":1}`, text},
		{"file", `{"maxSelect":2}`, list},
		{"relation", `{"maxSelect":1}`, text},
		{"relation", `{"maxSelect":2}`, list},
		{"relation", `{}`, list},
	} {
		if got := field(t, tc.typ, tc.options).ColDefinition(); got != tc.want {
			t.Errorf("%s %s: %s", tc.typ, tc.options, got)
		}
	}
	// options that are still plain JSON count as well
	plain := &schema.SchemaField{Type: "select", Options: map[string]any{"maxSelect": 2}}
	if got := plain.ColDefinition(); got != list {
		t.Errorf("untyped options: %s", got)
	}
	if got := (&schema.SchemaField{Type: "nope"}).ColDefinition(); got != "" {
		t.Errorf("unknown type: %q", got)
	}
}

func TestSchemaFields(t *testing.T) {
	t.Parallel()
	s := schema.NewSchema(
		&schema.SchemaField{Name: "a", Type: "text"},
		&schema.SchemaField{Id: "second", Name: "b", Type: "select", Options: &schema.SelectOptions{MaxSelect: 2, Values: []string{"x", "y"}}},
	)
	s.AddField(nil)
	if len(s.Fields()) != 2 || len(s.Fields()[0].Id) != 8 {
		t.Fatalf("fields: %v", s.Fields())
	}
	if s.GetFieldByName("b") != s.Fields()[1] || s.GetFieldById("second") != s.Fields()[1] || s.GetFieldByName("B") != nil || s.GetFieldById("x") != nil {
		t.Error("lookups")
	}
	if m := s.AsMap(); len(m) != 2 || m["b"].Id != "second" {
		t.Errorf("map: %v", m)
	}
	clone, err := s.Clone()
	if err != nil {
		t.Fatal(err)
	}
	clone.GetFieldByName("b").Options.(*schema.SelectOptions).Values[0] = "changed"
	clone.Fields()[0].Name = "changed"
	s.AddField(&schema.SchemaField{Id: "second", Name: "c", Type: "bool"})
	if s.Fields()[1].Name != "c" || s.Fields()[0].Name != "a" || clone.Fields()[1].Name != "b" {
		t.Error("the clone shares its fields")
	}
	shared := s
	s.RemoveField("second")
	s.RemoveField("unknown")
	if len(s.Fields()) != 1 || len(shared.Fields()) != 2 {
		t.Error("RemoveField")
	}
	if err := shared.InitFieldsOptions(); err != nil {
		t.Error(err)
	}
	shared.AddField(&schema.SchemaField{Name: "x", Type: "nope"})
	if shared.InitFieldsOptions() == nil {
		t.Error("an unknown type was initialised")
	}
	shared.AddField(&schema.SchemaField{Name: "y", Type: "text", Options: 5})
	if _, err := shared.Clone(); err == nil {
		t.Error("bad options were cloned")
	}
}

func TestSchemaColumn(t *testing.T) {
	t.Parallel()
	var s schema.Schema
	for _, in := range []any{nil, "", []byte("[]"), "[null]"} {
		if err := s.Scan(in); err != nil || len(s.Fields()) != 0 {
			t.Errorf("scan %v: %v, %v", in, s.Fields(), err)
		}
	}
	if v, err := (schema.Schema{}).Value(); v != "[]" || err != nil {
		t.Errorf("empty: %v, %v", v, err)
	}
	const raw = `[{"system":true,"id":"field1","name":"a","type":"bool","required":true,"presentable":true,"unique":true,"options":{}}]`
	if err := s.Scan(raw); err != nil {
		t.Fatal(err)
	}
	if v, err := s.Value(); v != raw || err != nil {
		t.Errorf("got %v, %v", v, err)
	}
	if s.Scan(5) == nil || s.Scan("{") == nil {
		t.Error("bad columns were accepted")
	}
	clone, err := (&schema.Schema{}).Clone()
	if err != nil || len(clone.Fields()) != 0 {
		t.Error("empty clone")
	}
}

func TestCloneOptions(t *testing.T) {
	t.Parallel()
	for typ, options := range map[string]string{
		"text": `{"min":1,"max":2,"pattern":"a"}`, "number": `{"min":1,"max":2,"noDecimal":true}`, "bool": `{}`,
		"email": `{"exceptDomains":["a"],"onlyDomains":["b"]}`, "url": `{"exceptDomains":["a"],"onlyDomains":["b"]}`,
		"editor": `{"convertUrls":true}`, "date": `{"min":"2022-01-01 00:00:00.000Z","max":""}`,
		"select": `{"maxSelect":1,"values":["a"]}`, "json": `{"maxSize":1}`,
		"file":     `{"mimeTypes":["a"],"thumbs":["b"],"maxSelect":1,"maxSize":2,"protected":true}`,
		"relation": `{"collectionId":"c","cascadeDelete":true,"minSelect":1,"maxSelect":2,"displayFields":["a"]}`,
	} {
		s := schema.NewSchema(field(t, typ, options))
		clone, err := s.Clone()
		if err != nil {
			t.Fatal(err)
		}
		if got, want := clone.Fields()[0].String(), s.Fields()[0].String(); got != want {
			t.Errorf("%s: got %s, want %s", typ, got, want)
		}
		if typ != "bool" && clone.Fields()[0].Options == s.Fields()[0].Options {
			t.Errorf("%s: options are shared", typ)
		}
	}
}

func TestNames(t *testing.T) {
	t.Parallel()
	if len(schema.FieldTypes()) != 11 || len(schema.AuthFieldNames()) != 9 || len(schema.ReservedAuthFieldNames()) != 12 {
		t.Error("name lists")
	}
	for _, typ := range schema.ArraybleFieldTypes() {
		if !schema.IsMultiple(field(t, typ, `{"maxSelect":2}`)) || schema.IsMultiple(field(t, typ, `{"maxSelect":1}`)) {
			t.Errorf("%s: IsMultiple", typ)
		}
	}
	if schema.IsMultiple(field(t, "text", `{}`)) || schema.IsMultiple(&schema.SchemaField{Type: "select", Options: 5}) {
		t.Error("IsMultiple of single fields")
	}
}
