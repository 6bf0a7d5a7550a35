package models_test

import (
	"slices"
	"testing"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

func TestSnapshot(t *testing.T) {
	t.Parallel()
	collection := &models.Collection{Name: "posts", Type: models.CollectionTypeBase, Schema: schema.NewSchema(
		&schema.SchemaField{Name: "title", Type: schema.FieldTypeText},
		&schema.SchemaField{Name: "count", Type: schema.FieldTypeNumber},
		&schema.SchemaField{Name: "tags", Type: schema.FieldTypeSelect, Options: &schema.SelectOptions{MaxSelect: 3, Values: []string{"a", "b"}}},
		&schema.SchemaField{Name: "meta", Type: schema.FieldTypeJson, Options: &schema.JsonOptions{MaxSize: 1000}},
	)}
	stored := func() *models.Record {
		return models.NewRecordFromValues(collection, []any{"id", "", "", "old", 1.0, `["a"]`, `{"x":1}`})
	}
	touched := func() *models.Record { r := stored(); r.Set("count", 1); return r }
	tests := []struct {
		name   string
		record *models.Record
		change func(r *models.Record)
		want   []string
	}{
		{"nothing", stored(), func(*models.Record) {}, nil},
		{"equal values", stored(), func(r *models.Record) { r.Set("title", "old"); r.Set("count", 1); r.Set("tags", []string{"a"}) }, nil},
		{"one of a stored record", stored(), func(r *models.Record) { r.Set("title", "new") }, []string{"title"}},
		{"one of a changed record", touched(), func(r *models.Record) { r.Set("title", "new") }, []string{"title"}},
		{"there and back", touched(), func(r *models.Record) { r.Set("title", "new"); r.Set("title", "old") }, nil},
		{"all", touched(), func(r *models.Record) {
			r.Id = "other"
			r.Set("meta", map[string]any{"x": 2})
			r.Set("tags", []string{"a", "b"})
			r.Set("count", 2)
			r.Set("title", "new")
		}, []string{"id", "title", "count", "tags", "meta"}},
		{"new record", models.NewRecord(collection), func(r *models.Record) { r.Set("count", 2) }, []string{"count"}},
	}
	var s models.Snapshot
	for _, tt := range tests {
		s.Take(tt.record)
		tt.change(tt.record)
		if got := s.Changed(); !slices.Equal(got, tt.want) {
			t.Errorf("%s: changed %v, want %v", tt.name, got, tt.want)
		}
	}
	s.Take(nil)
	if got := s.Changed(); got != nil {
		t.Errorf("no record: changed %v", got)
	}
}
