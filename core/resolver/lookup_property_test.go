package resolver_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/resolver"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// samples are the values that fields of a type are given.
var samples = map[string][]any{
	schema.FieldTypeText:     {"", "a", "A b", "50%", "5", "5.0", "a_b", `a\b`, "é", "null", "true", "[1]", "ann@x.io"},
	schema.FieldTypeNumber:   {0, 5, -2.5, 1e20, 0.1, 1234567890123.0, 1.0 / 3},
	schema.FieldTypeBool:     {true, false},
	schema.FieldTypeDate:     {"", "2024-01-02 03:04:05.678Z", "2030-01-01"},
	schema.FieldTypeSelect:   {"", "x", "5", []string{"x"}, []string{"x", "a<b"}, []string{"5"}},
	schema.FieldTypeRelation: {"", "r1", []string{"r1", "r2"}},
	schema.FieldTypeJson: {
		nil, "", "text", 5, "5", "5.0", `"5"`, true,
		map[string]any{"a": 1, "b": []any{"x", 2.5, nil, true}},
		[]any{1, "z"},
		`{"a":{"b":[1,{"a":"<é>"}]}}`,
		`[ 1 , 2.0, {"a" : 1e2} ]`, "null", `{"a":"5","a":"6"}`, "9223372036854775808", "-0.0",
	},
}

// drawSchema returns fields of random types, with options of one or several values.
func drawSchema(t *rapid.T) []*schema.SchemaField {
	var fields []*schema.SchemaField
	for i := range rapid.IntRange(1, 5).Draw(t, "fields") {
		kind := rapid.SampledFrom([]string{
			schema.FieldTypeText, schema.FieldTypeNumber, schema.FieldTypeBool, schema.FieldTypeDate,
			schema.FieldTypeSelect, schema.FieldTypeRelation, schema.FieldTypeJson,
		}).Draw(t, "type")
		most := rapid.IntRange(1, 2).Draw(t, "most")
		var options any
		switch kind {
		case schema.FieldTypeText:
			options = &schema.TextOptions{}
		case schema.FieldTypeNumber:
			options = &schema.NumberOptions{}
		case schema.FieldTypeBool:
			options = &schema.BoolOptions{}
		case schema.FieldTypeDate:
			options = &schema.DateOptions{}
		case schema.FieldTypeSelect:
			options = &schema.SelectOptions{MaxSelect: most}
		case schema.FieldTypeRelation:
			options = &schema.RelationOptions{CollectionId: "none", MaxSelect: &most}
		case schema.FieldTypeJson:
			options = &schema.JsonOptions{MaxSize: 1000}
		}
		fields = append(fields, field(fmt.Sprintf("f%d", i), kind, options))
	}
	return fields
}

func drawRecord(t *rapid.T, c *models.Collection) *models.Record {
	record := models.NewRecord(c)
	record.SetId("id1")
	for _, f := range c.Schema.Fields() {
		record.Set(f.Name, rapid.SampledFrom(samples[f.Type]).Draw(t, f.Name+" "+f.Type))
	}
	if c.IsAuth() {
		record.Set("username", "ann")
		record.Set("email", rapid.SampledFrom([]any{"", "ann@x.io"}).Draw(t, "email"))
		record.Set("emailVisibility", rapid.Bool().Draw(t, "emailVisibility"))
		record.Set("verified", rapid.Bool().Draw(t, "verified"))
	}
	return record
}

// drawName returns a field of the collection, of the request, or a constant.
func drawName(t *rapid.T, c *models.Collection) string {
	names := []string{
		"id", "created", "@request.method", "@request.data.f0", "@request.data.f1:isset", "@request.data.f0:length",
		"@request.query.f2", "@request.auth.id", "null", "true", "false", "@todayStart",
	}
	if c.IsAuth() {
		names = append(names, "email", "email", "verified", "username", "emailVisibility")
	}
	for _, f := range c.Schema.Fields() {
		names = append(names, f.Name, f.Name, f.Name)
		switch f.Type {
		case schema.FieldTypeJson:
			names = append(names, f.Name+".a", f.Name+".b.1", f.Name+".a.b.1.a", f.Name+".0", f.Name+".a.b")
		case schema.FieldTypeSelect, schema.FieldTypeRelation:
			names = append(names, f.Name+":length")
		}
	}
	return rapid.SampledFrom(names).Draw(t, "name")
}

func drawSide(t *rapid.T, c *models.Collection) string {
	switch rapid.IntRange(0, 3).Draw(t, "side") {
	case 0:
		value := rapid.SampledFrom(samples[schema.FieldTypeText]).Draw(t, "text")
		return "'" + strings.ReplaceAll(value.(string), `\`, `\\`) + "'"
	case 1:
		return rapid.SampledFrom([]string{"0", "1", "5", "-2.5", "100"}).Draw(t, "number")
	}
	return drawName(t, c)
}

func drawCondition(t *rapid.T, c *models.Collection) string {
	var sb strings.Builder
	for i := range rapid.IntRange(1, 3).Draw(t, "conditions") {
		if i > 0 {
			sb.WriteString(rapid.SampledFrom([]string{"&&", "||"}).Draw(t, "join"))
		}
		op := rapid.SampledFrom([]string{"=", "!=", ">", "<=", "~", "!~"}).Draw(t, "op")
		sb.WriteString(drawSide(t, c) + op + drawSide(t, c))
	}
	return sb.String()
}

// TestLookupAgreesWithSQL evaluates filters of random records of random
// collections in memory and in the database.
func TestLookupAgreesWithSQL(t *testing.T) {
	t.Parallel()
	w := &world{conn: openMemory(t)}
	rapid.Check(t, func(rt *rapid.T) {
		kind := rapid.SampledFrom([]string{models.CollectionTypeBase, models.CollectionTypeAuth}).Draw(rt, "kind")
		c := newCollection("c_items", "items", kind, drawSchema(rt)...)
		w.collections, w.plans = []*models.Collection{c}, search.Plans{}
		w.exec(t, "DROP TABLE IF EXISTS items")
		w.create(t, c)
		info := &models.RequestInfo{
			Method: "GET",
			Query:  map[string]any{"f2": "5"},
			Data:   map[string]any{"f0": rapid.SampledFrom([]any{"", "a", 5.0, nil, true, []any{"x"}}).Draw(rt, "data")},
		}
		allowHidden := rapid.Bool().Draw(rt, "hidden")
		for range 3 {
			record := drawRecord(rt, c)
			w.exec(t, "DELETE FROM items")
			w.insert(t, record)
			for range 5 {
				w.compare(t, rt, record, drawCondition(rt, c), info, allowHidden)
			}
		}
	})
}

func (w *world) insert(t testing.TB, record *models.Record) {
	t.Helper()
	columns := record.Collection().Columns()
	w.exec(t, "INSERT INTO "+record.Collection().Name+" (`"+strings.Join(columns, "`, `")+"`) VALUES (?"+strings.Repeat(", ?", len(columns)-1)+")",
		record.BindValues()...)
}

func (w *world) compare(t testing.TB, rt *rapid.T, record *models.Record, filter string, info *models.RequestInfo, allowHidden bool) {
	t.Helper()
	node, err := search.Parse(filter)
	if err != nil {
		rt.Fatalf("%s: %v", filter, err)
	}
	r := resolver.New(w, record.Collection(), info, allowHidden)
	free, err := search.JoinFree(node, r)
	if err != nil || !free {
		rt.Fatalf("%s: join-free %v, %v", filter, free, err)
	}
	got, err := search.Evaluate(node, r.Lookup(record))
	if errors.Is(err, search.ErrUndecided) && strings.Contains(filter, "~") {
		return
	}
	if err != nil {
		rt.Fatalf("evaluate %s: %v", filter, err)
	}
	ids, err := w.find(t, record.Collection().Name, filter, info, allowHidden)
	if err != nil {
		rt.Fatalf("%s: %v", filter, err)
	}
	if want := len(ids) == 1; got != want {
		rt.Fatalf("%s on %v: evaluated %v, SQL %v", filter, record.BindValues(), got, want)
	}
}

// Early versions made REAL columns for numbers, which read 5 as "5.0" where the
// ones of today read "5": only the database knows.
func TestLookupOfWholeNumbers(t *testing.T) {
	t.Parallel()
	c := newCollection("c_items", "items", models.CollectionTypeBase, field("n", schema.FieldTypeNumber, &schema.NumberOptions{}))
	w := &world{conn: openMemory(t), collections: []*models.Collection{c}, plans: search.Plans{}}
	for value, want := range map[float64]bool{5: true, 0: true, -2.5: false} {
		record := models.NewRecord(c)
		record.Set("n", value)
		got, _ := resolver.New(w, c, nil, true).Lookup(record)("n")
		if cell, ok := got.(search.Cell); !ok || cell.NoText != want {
			t.Errorf("%v: %#v", value, got)
		}
	}
}
