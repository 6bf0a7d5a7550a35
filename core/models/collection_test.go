package models_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

func TestCollectionJSON(t *testing.T) {
	t.Parallel()
	const head = `{"id":"c1","created":"","updated":"2022-01-01 00:00:00.000Z","name":"posts","type":"`
	const middle = `","system":false,"schema":[{"system":false,"id":"field1","name":"a","type":"bool","required":false,"presentable":false,"unique":false,"options":{}}],` +
		`"indexes":["CREATE INDEX x"],"listRule":"a = true","viewRule":null,"createRule":"","updateRule":null,"deleteRule":null,"options":`
	for typ, options := range map[string]string{
		"base": `{}`,
		"view": `{"query":"select 1"}`,
		"auth": `{"allowEmailAuth":true,"allowOAuth2Auth":false,"allowUsernameAuth":false,"exceptEmailDomains":null,"manageRule":null,` +
			`"minPasswordLength":0,"onlyEmailDomains":null,"onlyVerified":false,"requireEmail":false}`,
	} {
		given := strings.NewReplacer(`"onlyVerified":false,`, "", `"requireEmail":false`, `"requireEmail":false,"extra":1`).Replace(options)
		c := &models.Collection{}
		if err := json.Unmarshal([]byte(head+typ+middle+given+"}"), c); err != nil {
			t.Fatal(err)
		}
		if raw, err := json.Marshal(c); err != nil || string(raw) != head+typ+middle+options+"}" {
			t.Errorf("%s: got %s, %v", typ, raw, err)
		}
		if raw, err := json.Marshal(c.Clone()); err != nil || string(raw) != head+typ+middle+options+"}" {
			t.Errorf("%s: clone is %s, %v", typ, raw, err)
		}
	}
	empty, err := json.Marshal(&models.Collection{})
	if err != nil || !strings.Contains(string(empty), `"schema":[],"indexes":[],`) || !strings.HasSuffix(string(empty), `"options":{}}`) {
		t.Errorf("empty: %s, %v", empty, err)
	}
}

func TestCollectionOptions(t *testing.T) {
	t.Parallel()
	c := &models.Collection{Type: models.CollectionTypeAuth}
	if !c.IsAuth() || c.IsBase() || c.IsView() || c.TableName() != "_collections" {
		t.Error("type")
	}
	if err := c.SetOptions(models.CollectionAuthOptions{MinPasswordLength: 8, ManageRule: new("a = 1")}); err != nil {
		t.Fatal(err)
	}
	if o := c.AuthOptions(); o.MinPasswordLength != 8 || *o.ManageRule != "a = 1" || len(c.Options) != 9 {
		t.Errorf("options: %v", c.Options)
	}
	if c.SetOptions(func() {}) == nil || c.SetOptions(5) == nil {
		t.Error("bad options were taken")
	}
	if err := c.SetOptions(map[string]any{"minPasswordLength": "x"}); err == nil {
		t.Error("options of another shape were taken")
	}
	if _, err := json.Marshal(c); err == nil {
		t.Error("options of another shape were encoded")
	}
	c.Type, c.Options = models.CollectionTypeView, types.JsonMap{"query": "select 1", "x": 1}
	if err := c.PostScan(); err != nil || c.IsNew() || len(c.Options) != 1 || c.ViewOptions().Query != "select 1" {
		t.Errorf("view: %v, %v", c.Options, err)
	}
	c.Type, c.Options = models.CollectionTypeBase, nil
	if err := c.NormalizeOptions(); err != nil || c.Options == nil || c.BaseOptions().Validate() != nil {
		t.Errorf("base: %v, %v", c.Options, err)
	}
	c.Options = types.JsonMap{"f": func() {}}
	if c.DecodeOptions(&struct{}{}) == nil {
		t.Error("a function was encoded")
	}
}

func TestCollectionOptionsValidate(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		options interface{ Validate() error }
		want    map[string]string
	}{
		{models.CollectionBaseOptions{}, nil},
		{models.CollectionViewOptions{}, map[string]string{"query": "validation_required"}},
		{models.CollectionViewOptions{Query: "select 1"}, nil},
		{models.CollectionAuthOptions{}, nil},
		{models.CollectionAuthOptions{AllowUsernameAuth: true}, map[string]string{"minPasswordLength": "validation_required"}},
		{models.CollectionAuthOptions{AllowEmailAuth: true, MinPasswordLength: 5}, nil},
		{models.CollectionAuthOptions{MinPasswordLength: 4}, map[string]string{"minPasswordLength": "validation_min_greater_equal_than_required"}},
		{models.CollectionAuthOptions{MinPasswordLength: 73}, map[string]string{"minPasswordLength": "validation_max_less_equal_than_required"}},
		{models.CollectionAuthOptions{ManageRule: new("")}, map[string]string{"manageRule": "validation_nil_or_not_empty_required"}},
		{
			models.CollectionAuthOptions{OnlyEmailDomains: []string{"a.com"}, ExceptEmailDomains: []string{"b.com"}},
			map[string]string{"onlyEmailDomains": "validation_empty", "exceptEmailDomains": "validation_empty"},
		},
		{models.CollectionAuthOptions{OnlyEmailDomains: []string{"a b"}}, map[string]string{"onlyEmailDomains": "?"}},
	} {
		got := map[string]string{}
		if errs, ok := tc.options.Validate().(validation.Errors); ok { //nolint:errorlint // field errors are never wrapped
			for k, err := range errs {
				got[k] = "?"
				if e, ok := err.(validation.Error); ok { //nolint:errorlint // field errors are never wrapped
					got[k] = e.Code()
				}
			}
		}
		if len(got) != len(tc.want) || (len(got) > 0 && !reflect.DeepEqual(got, tc.want)) {
			t.Errorf("%+v: got %v, want %v", tc.options, got, tc.want)
		}
	}
}

func TestCollectionCloneIsDeep(t *testing.T) {
	t.Parallel()
	c := &models.Collection{
		Name: "a", Type: "base", Indexes: types.JsonArray[string]{"x"}, ListRule: new("a"),
		Options: types.JsonMap{"list": []any{"a", map[string]any{"b": 1}}, "texts": []string{"a"}, "map": types.JsonMap{"a": 1}},
	}
	c.Schema = schema.NewSchema(&schema.SchemaField{Id: "field1", Name: "f", Type: "select", Options: &schema.SelectOptions{MaxSelect: 1, Values: []string{"a"}}})
	before, _ := json.Marshal([]any{c.Indexes, c.Schema, c.ListRule, c.Options})
	clone := c.Clone()
	clone.Indexes[0] = "changed"
	*clone.ListRule = "changed"
	clone.Schema.Fields()[0].Options.(*schema.SelectOptions).Values[0] = "changed"
	clone.Schema.AddField(&schema.SchemaField{Name: "g", Type: "text"})
	clone.Options["list"].([]any)[1].(map[string]any)["b"] = 2
	clone.Options["texts"].([]string)[0] = "changed"
	clone.Options["map"].(types.JsonMap)["a"] = 2
	if after, _ := json.Marshal([]any{c.Indexes, c.Schema, c.ListRule, c.Options}); string(after) != string(before) {
		t.Errorf("the original became %s", after)
	}
	if len(c.Columns()) != 4 || len(clone.Columns()) != 5 {
		t.Errorf("columns: %v, %v", c.Columns(), clone.Columns())
	}
	odd := &models.Collection{}
	odd.Schema = schema.NewSchema(&schema.SchemaField{Id: "field1", Name: "f", Type: "text", Options: map[string]any{"min": "x"}})
	oddClone := odd.Clone()
	if f := oddClone.Schema.GetFieldByName("f"); f == nil || f == odd.Schema.Fields()[0] || f.Options.(map[string]any)["min"] != "x" {
		t.Errorf("options of another shape: %v", f)
	}
}

func TestBaseModel(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		model models.Model
		table string
	}{
		{&models.Admin{}, "_admins"},
		{&models.Collection{}, "_collections"},
		{&models.ExternalAuth{}, "_externalAuths"},
		{&models.Param{}, "_params"},
		{&models.Log{}, "_logs"},
		{models.NewRecord(&models.Collection{Name: "posts"}), "posts"},
	} {
		m := tc.model
		if m.TableName() != tc.table || !m.IsNew() || m.HasId() || m.GetId() != "" {
			t.Errorf("%s: fresh model", tc.table)
		}
		m.RefreshId()
		m.RefreshCreated()
		m.RefreshUpdated()
		if len(m.GetId()) != 15 || strings.Trim(m.GetId(), models.DefaultIdAlphabet) != "" || !m.HasId() || m.GetCreated().IsZero() || m.GetUpdated().IsZero() {
			t.Errorf("%s: refreshed model", tc.table)
		}
		m.SetId("x")
		if err := m.PostScan(); err != nil || m.IsNew() || m.GetId() != "x" {
			t.Errorf("%s: scanned model", tc.table)
		}
		m.MarkAsNew()
		if !m.IsNew() {
			t.Errorf("%s: MarkAsNew", tc.table)
		}
		m.MarkAsNotNew()
		if m.IsNew() {
			t.Errorf("%s: MarkAsNotNew", tc.table)
		}
	}
	if (&models.Collection{BaseModel: models.BaseModel{Id: "c"}}).BaseFilesPath() != "c" {
		t.Error("files path")
	}
}

func TestAdmin(t *testing.T) {
	t.Parallel()
	a := &models.Admin{Email: "a@example.com", Avatar: 3, LastResetSentAt: types.NowDateTime()}
	if err := a.SetPassword("secretpass1"); err != nil {
		t.Fatal(err)
	}
	if !a.ValidatePassword("secretpass1") || a.ValidatePassword("x") || len(a.TokenKey) != 50 || !a.LastResetSentAt.IsZero() {
		t.Error("SetPassword")
	}
	if a.SetPassword("") == nil {
		t.Error("an empty password was taken")
	}
	raw, err := json.Marshal(a)
	if err != nil || string(raw) != `{"id":"","created":"","updated":"","avatar":3,"email":"a@example.com"}` {
		t.Errorf("got %s, %v", raw, err)
	}
	log, err := json.Marshal(&models.Log{Message: "m"})
	if err != nil || string(log) != `{"id":"","created":"","updated":"","data":{},"message":"m","level":0}` {
		t.Errorf("log: %s, %v", log, err)
	}
}

func TestHasModifierDataKeys(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{"a": false, "a+": true, "a-": true, "+a": false, "": false} {
		if got := (&models.RequestInfo{Data: map[string]any{key: 1}}).HasModifierDataKeys(); got != want {
			t.Errorf("%q: %v", key, got)
		}
	}
}
