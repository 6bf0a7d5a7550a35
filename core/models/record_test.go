package models_test

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

const allFields = `[
	{"id":"f_text","name":"text","type":"text"},
	{"id":"f_bool","name":"bool","type":"bool"},
	{"id":"f_url","name":"url","type":"url"},
	{"id":"f_select_one","name":"select_one","type":"select","options":{"maxSelect":1,"values":["optionA","optionB"]}},
	{"id":"f_select_many","name":"select_many","type":"select","options":{"maxSelect":3,"values":["optionA","optionB"]}},
	{"id":"f_file_one","name":"file_one","type":"file","options":{"maxSelect":1,"maxSize":10}},
	{"id":"f_file_many","name":"file_many","type":"file","options":{"maxSelect":9,"maxSize":10}},
	{"id":"f_number","name":"number","type":"number"},
	{"id":"f_email","name":"email","type":"email"},
	{"id":"f_datetime","name":"datetime","type":"date"},
	{"id":"f_json","name":"json","type":"json","options":{"maxSize":100}},
	{"id":"f_rel_one","name":"rel_one","type":"relation","options":{"collectionId":"x","maxSelect":1}},
	{"id":"f_rel_many","name":"rel_many","type":"relation","options":{"collectionId":"x","maxSelect":null}}
]`

func collection(t testing.TB, typ, fields string) *models.Collection {
	t.Helper()
	c := &models.Collection{Name: "demo <1>", Type: typ}
	c.Id = "wsmn24bux7wo113"
	if err := json.Unmarshal([]byte(fields), &c.Schema); err != nil {
		t.Fatal(err)
	}
	return c
}

// row returns driver values by column name in the order of the collection.
func row(c *models.Collection, values map[string]any) []any {
	out := make([]any, len(c.Columns()))
	for i, name := range c.Columns() {
		out[i] = values[name]
	}
	return out
}

var storedValues = map[string]any{
	"id": "84nmscqy84lsi1t", "created": "2022-10-14 10:13:12.397Z", "updated": "2022-10-17 10:00:00.000Z",
	"text": "te<s>t & \"quotes\"\n", "bool": int64(1), "url": "https://example.com/?a=1&b=2",
	"select_one": "optionB", "select_many": `["optionB", "optionC"]`, "file_one": "a.txt", "file_many": []byte(`["a.txt","ä.txt"]`),
	"number": int64(123456), "email": "test@example.com", "datetime": "2022-10-01 12:00:00.000Z",
	"json": "[\r\n  1,\r\n  \"<2>\",\r\n  3\r\n]", "rel_one": nil, "rel_many": `["x","","x"]`,
	"username": "user1", "emailVisibility": int64(0), "verified": true, "tokenKey": "secret_key", "passwordHash": "secret_hash",
	"lastResetSentAt": "2022-10-01 12:00:00.000Z", "lastVerificationSentAt": "", "lastLoginAlertSentAt": nil,
}

func TestRecordNormalForms(t *testing.T) {
	t.Parallel()
	c := collection(t, "base", allFields)
	r := models.NewRecordFromValues(c, row(c, storedValues))
	created, _ := types.ParseDateTime("2022-10-14 10:13:12.397Z")
	datetime, _ := types.ParseDateTime("2022-10-01 12:00:00Z")
	for key, want := range map[string]any{
		"id": "84nmscqy84lsi1t", "created": created, "text": "te<s>t & \"quotes\"\n", "bool": true,
		"select_one": "optionB", "select_many": []string{"optionB", "optionC"}, "file_one": "a.txt",
		"file_many": []string{"a.txt", "ä.txt"}, "number": 123456.0, "datetime": datetime,
		"json": types.JsonRaw("[\r\n  1,\r\n  \"<2>\",\r\n  3\r\n]"), "rel_one": "", "rel_many": []string{"x"},
		"missing": nil, "collectionId": "wsmn24bux7wo113", "collectionName": "demo <1>",
	} {
		if got := r.Get(key); !reflect.DeepEqual(got, want) {
			t.Errorf("Get(%s) = %#v, want %#v", key, got, want)
		}
	}
	r.Get("select_many").([]string)[0] = "changed"
	r.Get("json").(types.JsonRaw)[0] = 'x'
	if r.GetStringSlice("select_many")[0] != "optionB" || r.GetString("json")[0] != '[' {
		t.Error("Get returned shared values")
	}
	empty := models.NewRecord(c)
	for key, want := range map[string]any{
		"text": "", "bool": false, "select_many": []string{}, "number": 0.0, "datetime": types.DateTime{},
		"json": types.JsonRaw("null"), "rel_one": "", "created": types.DateTime{},
	} {
		if got := empty.Get(key); !reflect.DeepEqual(got, want) {
			t.Errorf("empty Get(%s) = %#v, want %#v", key, got, want)
		}
	}
	if !empty.IsNew() || r.IsNew() || r.TableName() != "demo <1>" || r.BaseFilesPath() != "wsmn24bux7wo113/84nmscqy84lsi1t" {
		t.Error("record state")
	}
}

func TestRecordSet(t *testing.T) {
	t.Parallel()
	r := models.NewRecord(collection(t, "base", allFields))
	for _, kv := range []struct {
		key string
		in  any
	}{
		{"text", 12},
		{"bool", "true"},
		{"number", "4.5"},
		{"select_one", []any{"optionA", "optionB"}},
		{"select_many", "optionA"},
		{"datetime", "2020-01-02"},
		{"json", `{"k":1}`},
		{"url", nil},
		{"unknown", map[string]any{"x": 1}},
		{"rel_many", []any{"a", "a", "b"}},
		{"id", "abcdefghijklmno"},
		{"created", "2022-01-01"},
		{"updated", time.Date(2022, 1, 2, 0, 0, 0, 0, time.UTC)},
		{"expand", map[string]any{"rel_one": models.NewRecord(nil)}},
	} {
		r.Set(kv.key, kv.in)
	}
	const want = `{"bool":true,"collectionId":"wsmn24bux7wo113","collectionName":"demo \u003c1\u003e","created":"2022-01-01 00:00:00.000Z",` +
		`"datetime":"2020-01-02 00:00:00.000Z","email":"","expand":{"rel_one":{"collectionId":"","collectionName":"","created":"","id":"","updated":""}},` +
		`"file_many":[],"file_one":"","id":"abcdefghijklmno","json":{"k":1},"number":4.5,"rel_many":["a","b"],"rel_one":"",` +
		`"select_many":["optionA"],"select_one":"optionB","text":"12","updated":"2022-01-02 00:00:00.000Z","url":""}`
	if got := string(r.AppendJSON(nil)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if u := r.UnknownData(); !reflect.DeepEqual(u, map[string]any{"unknown": map[string]any{"x": 1}}) || r.Get("unknown") == nil {
		t.Errorf("unknown data: %v", u)
	}
	if n := len(r.SchemaData()); n != 9 { // those that were set
		t.Errorf("schema data has %d values", n)
	}
	r.SetExpand(nil)
	r.WithUnknownData(true)
	if got := string(r.AppendJSON(nil)); !strings.Contains(got, `"unknown":{"x":1}`) || !json.Valid([]byte(got)) {
		t.Errorf("with unknown data: %s", got)
	}
	r.Load(map[string]any{"text": "loaded", "number": 7, "extra": 1})
	if r.Get("text") != "loaded" || r.Get("number") != 7.0 || r.Get("extra") != 1 {
		t.Error("Load")
	}
	if err := json.Unmarshal([]byte(`{"text":"decoded","select_many":["a"],"more":true}`), r); err != nil || r.Get("text") != "decoded" || r.Get("more") != true {
		t.Errorf("UnmarshalJSON: %v", err)
	}
	if json.Unmarshal([]byte(`[]`), r) == nil {
		t.Error("a list was decoded")
	}
}

func TestRecordGetters(t *testing.T) {
	t.Parallel()
	r := models.NewRecord(collection(t, "base", allFields))
	r.Load(map[string]any{"text": "5", "bool": true, "number": 2.5, "select_many": []string{"a", "b"}, "datetime": "2022-01-02", "json": `{"a":[1]}`, "any": 7})
	date, _ := types.ParseDateTime("2022-01-02")
	for name, pair := range map[string][2]any{
		"bool":           {r.GetBool("bool"), true},
		"bool text":      {r.GetBool("text"), false},
		"string":         {r.GetString("number"), "2.5"},
		"string bool":    {r.GetString("bool"), "true"},
		"string date":    {r.GetString("datetime"), "2022-01-02 00:00:00.000Z"},
		"string json":    {r.GetString("json"), `{"a":[1]}`},
		"string list":    {r.GetString("select_many"), ""},
		"string missing": {r.GetString("missing"), ""},
		"int":            {r.GetInt("number"), 2},
		"int text":       {r.GetInt("text"), 5},
		"int any":        {r.GetInt("any"), 7},
		"float":          {r.GetFloat("text"), 5.0},
		"time":           {r.GetTime("datetime"), time.Time{}},
		"date":           {r.GetDateTime("datetime"), date},
		"date text":      {r.GetDateTime("json"), types.DateTime{}},
		"list":           {r.GetStringSlice("select_many"), []string{"a", "b"}},
		"list single":    {r.GetStringSlice("text"), []string{"5"}},
		"list missing":   {r.GetStringSlice("missing"), []string{}},
	} {
		if !reflect.DeepEqual(pair[0], pair[1]) {
			t.Errorf("%s: got %#v, want %#v", name, pair[0], pair[1])
		}
	}
	var decoded struct{ A []int }
	if err := r.UnmarshalJSONField("json", &decoded); err != nil || len(decoded.A) != 1 {
		t.Errorf("UnmarshalJSONField: %v, %v", decoded, err)
	}
	var list []string
	if err := r.UnmarshalJSONField("select_many", &list); err != nil || len(list) != 2 {
		t.Errorf("UnmarshalJSONField: %v, %v", list, err)
	}
	if r.UnmarshalJSONField("text", &list) == nil {
		t.Error("a text was decoded into a list")
	}
	r.Set("func", func() {})
	if r.UnmarshalJSONField("func", &list) == nil {
		t.Error("a function was encoded")
	}
}

func TestRecordCopies(t *testing.T) {
	t.Parallel()
	c := collection(t, "base", allFields)
	r := models.NewRecordFromValues(c, row(c, storedValues))
	r.Set("text", "changed")
	r.Set("text", "changed again")
	r.Id = "changed_id"
	r.Set("extra", 1)
	r.SetExpand(map[string]any{"rel_one": models.NewRecord(c)})
	orig, clean := r.OriginalCopy(), r.CleanCopy()
	if orig.Get("text") != storedValues["text"] || orig.Id != "84nmscqy84lsi1t" || orig.IsNew() {
		t.Errorf("original: %v %v", orig.Id, orig.Get("text"))
	}
	if clean.Get("text") != "changed again" || clean.Id != "changed_id" || clean.Get("extra") != nil || len(clean.Expand()) != 0 {
		t.Errorf("clean: %s", clean.AppendJSON(nil))
	}
	orig.Set("url", "x")
	clean.Set("url", "y")
	if r.Get("url") != storedValues["url"] || r.OriginalCopy().Get("url") != storedValues["url"] {
		t.Error("copies share values")
	}
	if got := clean.OriginalCopy().Get("url"); got != storedValues["url"] {
		t.Errorf("original of the clean copy: %v", got)
	}
	fresh := models.NewRecord(c)
	fresh.Set("text", "a")
	if o := fresh.OriginalCopy(); o.Get("text") != "" || !o.IsNew() {
		t.Error("original of a new record")
	}
}

func TestRecordFromNullStringMap(t *testing.T) {
	t.Parallel()
	c := collection(t, "base", allFields)
	text := func(s string) sql.NullString { return sql.NullString{String: s, Valid: true} }
	rows := models.NewRecordsFromNullStringMaps(c, []dbx.NullStringMap{
		{
			"id": text("a"), "created": text("2022-01-01 00:00:00.000Z"), "updated": text("bad"), "bool": text("1"), "number": text("1.5"),
			"select_many": text(`["a"]`), "json": text("word"), "url": {}, "total": text("5"), "nothing": {},
		},
		{},
	})
	r := rows[0]
	if r.Id != "a" || r.Created.IsZero() || !r.Updated.IsZero() || r.Get("bool") != true || r.Get("number") != 1.5 || r.IsNew() {
		t.Errorf("got %s", r.AppendJSON(nil))
	}
	if r.GetString("json") != `"word"` || r.Get("url") != "" || r.Get("total") != "5" || r.Get("nothing") != nil {
		t.Errorf("got %v", r.UnknownData())
	}
	if len(rows) != 2 || rows[1].Id != "" {
		t.Error("empty row")
	}
}

func TestRecordColumns(t *testing.T) {
	t.Parallel()
	const fields = `[{"id":"field1","name":"title","type":"text"},{"id":"field2","name":"tags","type":"select","options":{"maxSelect":2,"values":["a"]}},
		{"id":"field3","name":"meta","type":"json"},{"id":"field4","name":"n","type":"number"},{"id":"field5","name":"at","type":"date"},{"id":"field6","name":"on","type":"bool"}]`
	base := collection(t, "base", fields)
	if got := fmt.Sprint(base.Columns()); got != "[id created updated title tags meta n at on]" {
		t.Errorf("base: %s", got)
	}
	auth := collection(t, "auth", fields)
	if got := fmt.Sprint(auth.Columns()); got != "[id created updated username email emailVisibility verified tokenKey passwordHash "+
		"lastResetSentAt lastVerificationSentAt lastLoginAlertSentAt title tags meta n at on]" {
		t.Errorf("auth: %s", got)
	}
	view := collection(t, "view", fields)
	if got := fmt.Sprint(view.Columns()); got != "[id title tags meta n at on]" {
		t.Errorf("view: %s", got)
	}
	models.SetViewDates(view, true, false)
	if got := fmt.Sprint(view.Columns()); got != "[id created title tags meta n at on]" {
		t.Errorf("view with created: %s", got)
	}
	if got := fmt.Sprint(view.Clone().Columns()); got != "[id created title tags meta n at on]" {
		t.Errorf("cloned view: %s", got)
	}

	r := models.NewRecord(base)
	r.Load(map[string]any{"id": "x", "title": "t", "tags": []string{"a", "<b>"}, "meta": map[string]any{"a": 1}, "n": 5, "at": "2022-01-01", "on": 1})
	want := []any{"x", "", "", "t", "[\"a\",\"\\u003cb\\u003e\"]", `{"a":1}`, 5.0, "2022-01-01 00:00:00.000Z", true}
	if got := r.BindValues(); !reflect.DeepEqual(got, want) {
		t.Errorf("bind: %#v", got)
	}
	stored := models.NewRecordFromValues(base, []any{"x", nil, nil, nil, `["a","a"]`, nil, "1.5", "2022-01-01", int64(0)})
	want = []any{"x", "", "", "", `["a"]`, "null", 1.5, "2022-01-01 00:00:00.000Z", false}
	if got := stored.BindValues(); !reflect.DeepEqual(got, want) {
		t.Errorf("bind stored: %#v", got)
	}
	m := r.ColumnValueMap()
	if len(m) != 9 || m["id"] != "x" || !reflect.DeepEqual(m["tags"], types.JsonArray[string]{"a", "<b>"}) || m["n"] != 5.0 {
		t.Errorf("column map: %#v", m)
	}
}

func TestRecordFollowsItsCollection(t *testing.T) {
	t.Parallel()
	c := collection(t, "base", `[{"id":"field1","name":"a","type":"text"},{"id":"field2","name":"b","type":"text"}]`)
	r := models.NewRecordFromValues(c, []any{"id", nil, nil, "A", "B"})
	r.Set("later", "5")
	r.Set("b", "B2")
	c.Schema.AddField(&schema.SchemaField{Id: "field3", Name: "later", Type: "number"})
	c.Schema.RemoveField("field1")
	if got := r.Get("later"); got != 5.0 {
		t.Errorf("later = %#v", got)
	}
	if r.Get("a") != nil || r.Get("b") != "B2" || r.OriginalCopy().Get("b") != "B" {
		t.Errorf("values moved wrongly: %v %v", r.Get("a"), r.Get("b"))
	}
	if got := r.BindValues(); len(got) != len(c.Columns()) || got[4] != 5.0 {
		t.Errorf("bind: %v for %v", got, c.Columns())
	}
	// an option that changes the shape of the value counts as well
	c.Schema.AddField(&schema.SchemaField{Id: "field4", Name: "s", Type: "select", Options: &schema.SelectOptions{MaxSelect: 1}})
	r = models.NewRecord(c)
	r.Set("s", "x")
	c.Schema.GetFieldByName("s").Options = &schema.SelectOptions{MaxSelect: 2}
	if got := string(r.AppendJSON(nil)); !strings.Contains(got, `"s":["x"]`) {
		t.Errorf("got %s", got)
	}
}

func TestRecordWithoutCollection(t *testing.T) {
	t.Parallel()
	for _, r := range []*models.Record{models.NewRecord(nil), {}} {
		r.Set("a", 1)
		r.Load(map[string]any{"id": "x"})
		if r.Get("a") != 1 || r.Collection() != nil || r.TableName() != "" || r.BaseFilesPath() != "x" || r.FindFileFieldByFile("a") != nil {
			t.Error("record without collection")
		}
		if err := r.SetPassword("x"); err == nil || r.ValidatePassword("x") {
			t.Error("password without collection")
		}
		if len(r.BindValues()) != 3 || len(r.SchemaData()) != 0 || len(r.ReplaceModifers(map[string]any{"a+": 1})) != 1 {
			t.Error("values without collection")
		}
		if o := r.OriginalCopy(); o.Get("a") != nil || len(r.CleanCopy().PublicExport()) != 5 {
			t.Error("copies without collection")
		}
	}
	var none *models.Record
	if got := string(none.AppendJSON(nil)); got != "null" {
		t.Errorf("nil record: %s", got)
	}
}

func TestReplaceModifers(t *testing.T) {
	t.Parallel()
	c := collection(t, "base", allFields)
	r := models.NewRecordFromValues(c, row(c, storedValues))
	for _, tc := range []struct{ in, want map[string]any }{
		{map[string]any{"title": "q"}, map[string]any{"title": "q"}},
		{map[string]any{"number+": 5}, map[string]any{"number": 123461.0}},
		{map[string]any{"number": 1, "number-": 5}, map[string]any{"number": -4.0}},
		{map[string]any{"number+": 5, "number-": 1}, map[string]any{"number": 123460.0}},
		{map[string]any{"select_many+": "optionA", "select_many-": "optionB"}, map[string]any{"select_many": []string{"optionC", "optionA"}}},
		{map[string]any{"file_many-": "a.txt"}, map[string]any{"file_many": []string{"ä.txt"}}},
		{map[string]any{"text+": "x", "+text": "y"}, map[string]any{"text": storedValues["text"], "+text": "y"}},
		{map[string]any{"missing+": "x"}, map[string]any{"missing+": "x"}},
	} {
		before := fmt.Sprint(tc.in)
		if got := r.ReplaceModifers(tc.in); !reflect.DeepEqual(got, tc.want) {
			t.Errorf("%v: got %v, want %v", tc.in, got, tc.want)
		}
		if fmt.Sprint(tc.in) != before {
			t.Errorf("the data became %v", tc.in)
		}
	}
}

func TestFindFileFieldByFile(t *testing.T) {
	t.Parallel()
	c := collection(t, "base", allFields)
	r := models.NewRecordFromValues(c, row(c, storedValues))
	for file, want := range map[string]string{"a.txt": "file_one", "ä.txt": "file_many"} {
		if f := r.FindFileFieldByFile(file); f != c.Schema.GetFieldByName(want) {
			t.Errorf("%s: %v", file, f)
		}
	}
	if r.FindFileFieldByFile("missing") != nil || r.FindFileFieldByFile("") != nil {
		t.Error("a missing file was found")
	}
}

func TestAuthRecord(t *testing.T) {
	t.Parallel()
	c := collection(t, "auth", `[{"id":"field1","name":"name","type":"text"}]`)
	r := models.NewRecordFromValues(c, row(c, storedValues))
	if r.Username() != "user1" || r.Email() != "test@example.com" || r.EmailVisibility() || !r.Verified() || r.TokenKey() != "secret_key" {
		t.Error("getters")
	}
	const hidden = `{"collectionId":"wsmn24bux7wo113","collectionName":"demo \u003c1\u003e","created":"2022-10-14 10:13:12.397Z","emailVisibility":false,` +
		`"id":"84nmscqy84lsi1t","name":"","updated":"2022-10-17 10:00:00.000Z","username":"user1","verified":true}`
	if got := string(r.AppendJSON(nil)); got != hidden {
		t.Errorf("hidden email: %s", got)
	}
	shown := strings.Replace(hidden, `"emailVisibility"`, `"email":"test@example.com","emailVisibility"`, 1)
	r.IgnoreEmailVisibility(true)
	if got := string(r.AppendJSON(nil)); got != shown {
		t.Errorf("shown email: %s", got)
	}
	r.IgnoreEmailVisibility(false)
	if err := r.SetEmailVisibility(true); err != nil {
		t.Error(err)
	}
	if got := string(r.AppendJSON(nil)); got != strings.Replace(shown, `Visibility":false`, `Visibility":true`, 1) {
		t.Errorf("visible email: %s", got)
	}

	if err := r.SetPassword("newpassword1"); err != nil {
		t.Fatal(err)
	}
	if !r.ValidatePassword("newpassword1") || r.ValidatePassword("x") || !r.LastResetSentAt().IsZero() || len(r.TokenKey()) != 50 || !strings.HasPrefix(r.PasswordHash(), "$2a$") {
		t.Error("SetPassword")
	}
	if r.SetPassword("") == nil || r.SetPassword(strings.Repeat("x", 73)) == nil {
		t.Error("a bad password was taken")
	}
	now := types.NowDateTime()
	for name, err := range map[string]error{
		"username": r.SetUsername("renamed"), "email": r.SetEmail("n@example.com"), "verified": r.SetVerified(false), "key": r.SetTokenKey("k"),
		"reset": r.SetLastResetSentAt(now), "verification": r.SetLastVerificationSentAt(now), "alert": r.SetLastLoginAlertSentAt(now),
	} {
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if r.Username() != "renamed" || r.Email() != "n@example.com" || r.Verified() || r.TokenKey() != "k" ||
		r.LastResetSentAt() != now || r.LastVerificationSentAt() != now || r.LastLoginAlertSentAt() != now {
		t.Error("setters")
	}
	if err := r.RefreshTokenKey(); err != nil || len(r.TokenKey()) != 50 {
		t.Errorf("RefreshTokenKey: %v", err)
	}

	base := models.NewRecord(collection(t, "base", allFields))
	for name, err := range map[string]error{
		"username": base.SetUsername("a"), "email": base.SetEmail("a"), "visibility": base.SetEmailVisibility(true), "verified": base.SetVerified(true),
		"key": base.RefreshTokenKey(), "reset": base.SetLastResetSentAt(now), "password": base.SetPassword("12345678"),
	} {
		if err == nil {
			t.Errorf("%s was set on a base record", name)
		}
	}
	if base.ValidatePassword("") {
		t.Error("a base record has a password")
	}
}

func TestRecordExpand(t *testing.T) {
	t.Parallel()
	make1 := func(id string) *models.Record {
		r := models.NewRecord(nil)
		r.Id = id
		return r
	}
	r := make1("r")
	if r.ExpandedOne("a") != nil || r.ExpandedAll("a") != nil || len(r.Expand()) != 0 {
		t.Error("empty expand")
	}
	r.MergeExpand(nil)
	a, b := make1("a"), make1("b")
	r.MergeExpand(map[string]any{"one": a, "many": []*models.Record{a, b}, "odd": 5})
	if r.ExpandedOne("one") != a || len(r.ExpandedAll("one")) != 1 || r.ExpandedOne("many") != a || len(r.ExpandedAll("many")) != 2 || r.ExpandedOne("odd") != nil {
		t.Error("first expand")
	}
	newer := make1("a")
	newer.SetExpand(map[string]any{"deep": b})
	r.MergeExpand(map[string]any{"one": newer, "many": []*models.Record{newer, make1("c")}, "odd": 6})
	if r.ExpandedOne("one") != a || a.ExpandedOne("deep") != b || len(r.ExpandedAll("many")) != 3 || r.Expand()["odd"] != 6 {
		t.Error("merged expand")
	}
	r.MergeExpand(map[string]any{"one": make1("d")})
	if len(r.ExpandedAll("one")) != 2 {
		t.Error("two single records")
	}
	given := map[string]any{"x": a}
	r.SetExpand(given)
	given["y"] = b
	r.Expand()["z"] = b
	if len(r.Expand()) != 1 {
		t.Error("expand is shared")
	}
}

// Whatever is stored or set, the fast encoder writes what encoding/json makes of
// the public export.
func TestAppendJSONMatchesEncodingJSON(t *testing.T) {
	t.Parallel()
	odd := []any{
		nil, "", "x", "<b>&\u2028\xff\"", "[", "[]", `["a"]`, `["a", "b","a"]`, `["a",]`, `[""]`, `["\u0041"]`, `["<"]`, `["a" "b"]`, `["a"],["b"]`, `["ä"]`, `[["x"]]`,
		`["1","2","3","4","5","6","7","8","9"]`, `[1,true,null]`, `{"a": [1, "<"]}`, "null", "true", "5", "1e400", "2022-01-01", "2022-01-01 00:00:00.000Z",
		int64(0), int64(5), int64(math.MaxInt64), 1.5, 1e21, 1e-7, math.Copysign(0, -1), true, false, []byte("bytes"), []byte(`["b"]`),
	}
	for _, typ := range []string{"base", "auth", "view"} {
		c := collection(t, typ, strings.Replace(allFields, `"name":"email"`, `"name":"mail"`, 1))
		if typ == "view" {
			models.SetViewDates(c, true, true)
		}
		for i := range odd {
			values := map[string]any{"id": "some_id"}
			for j, name := range c.Columns()[1:] {
				values[name] = odd[(i+j)%len(odd)]
			}
			r := models.NewRecordFromValues(c, row(c, values))
			sameJSON(t, r)
			set := models.NewRecord(c)
			for name, v := range values {
				set.Set(name, v)
			}
			stored := models.NewRecordFromValues(c, set.BindValues())
			// a stored list holds the replacement character for broken UTF-8
			want := strings.ReplaceAll(string(set.AppendJSON(nil)), `\ufffd`, "\ufffd")
			if got := strings.ReplaceAll(string(stored.AppendJSON(nil)), `\ufffd`, "\ufffd"); got != want {
				t.Errorf("stored and loaded\ngot  %s\nwant %s", got, want)
			}
			set.SetExpand(map[string]any{"b": r, "a<": []*models.Record{r, nil}, "c": []*models.Record(nil), "d": map[string]any{"x": "<"}})
			sameJSON(t, set)
			set.WithUnknownData(true)
			set.Set("zzz", odd[i])
			sameJSON(t, set)
		}
	}
}

func sameJSON(t *testing.T, r *models.Record) {
	t.Helper()
	want, err := json.Marshal(r.PublicExport())
	if err != nil {
		t.Fatal(err)
	}
	if got := r.AppendJSON([]byte("x")); string(got) != "x"+string(want) {
		t.Errorf("got  %s\nwant x%s", got, want)
	}
	viaMarshal, err := json.Marshal(r)
	if err != nil || !bytes.Equal(viaMarshal, want) {
		t.Errorf("json.Marshal: %s, %v", viaMarshal, err)
	}
}

func TestAppendJSONReportsBadValues(t *testing.T) {
	t.Parallel()
	r := models.NewRecord(nil)
	r.SetExpand(map[string]any{"a": func() {}})
	if _, err := json.Marshal(r); err == nil {
		t.Error("a function was encoded")
	}
	if got := string(r.AppendJSON(nil)); !strings.Contains(got, `"expand":{"a":null}`) || !json.Valid([]byte(got)) {
		t.Errorf("got %s", got)
	}
}

func TestRecordConcurrentReaders(t *testing.T) {
	t.Parallel()
	c := collection(t, "base", allFields)
	r := models.NewRecordFromValues(c, row(c, storedValues))
	done := make(chan string)
	for range 8 {
		go func() {
			_ = r.Get("select_many")
			_ = c.Columns()
			_ = models.NewRecord(c)
			_ = r.OriginalCopy()
			done <- string(r.AppendJSON(nil))
		}()
	}
	first := <-done
	for range 7 {
		if <-done != first {
			t.Error("readers differ")
		}
	}
}

func TestRecordLoaderGrows(t *testing.T) {
	t.Parallel()
	c := collection(t, "base", allFields)
	l := models.NewRecordLoader(c, 2)
	reused := row(c, storedValues)
	var all []*models.Record
	for i := range 50 {
		reused[0] = fmt.Sprint(i)
		all = append(all, l.Load(reused))
	}
	for i, r := range all {
		r.Set("text", fmt.Sprint("t", i))
	}
	for i, r := range all {
		if r.Id != fmt.Sprint(i) || r.Get("text") != fmt.Sprint("t", i) || r.Get("url") != storedValues["url"] {
			t.Fatalf("record %d is %s", i, r.AppendJSON(nil))
		}
	}
	if r := l.Load(nil); r.Id != "" || r.Get("text") != "" {
		t.Error("empty row")
	}
	if r := l.Load([]any{int64(5), "2022-01-01"}); r.Id != "5" || r.Created.IsZero() || r.Get("text") != "" {
		t.Error("short row")
	}
}
