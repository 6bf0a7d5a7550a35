package resolver

import (
	"slices"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// Lookup returns the values of a record of the collection for search.Evaluate,
// as its table holds them once the record is saved. It has the fields that
// resolve without a join, values of the request included, and no others. The
// function is not safe for concurrent use.
func (r *Resolver) Lookup(record *models.Record) func(field string) (any, bool) {
	row := &memoryRow{resolver: r, record: record}
	return func(field string) (any, bool) {
		if strings.HasPrefix(field, "@") {
			return r.staticCell(field)
		}
		return row.cell(field)
	}
}

func (r *Resolver) staticCell(field string) (any, bool) {
	result, err := r.Resolve(field)
	if err != nil {
		return nil, false
	}
	cell, ok := search.StaticCell(result)
	return cell, ok
}

// memoryRow is a record as a row of its table.
type memoryRow struct {
	resolver *Resolver
	record   *models.Record
	values   []any
}

// column returns the value that the table holds.
func (m *memoryRow) column(name string) any {
	if m.values == nil {
		m.values = m.record.BindValues()
	}
	if i := slices.Index(m.resolver.base.Columns(), name); i >= 0 && i < len(m.values) {
		return m.values[i]
	}
	return nil
}

func (m *memoryRow) cell(path string) (any, bool) {
	if !isPath(path) {
		return nil, false
	}
	path, modifier, err := cutModifier(path)
	if err != nil {
		return nil, false
	}
	name, rest, nested := strings.Cut(path, ".")
	field := m.resolver.base.Schema.GetFieldByName(name)
	switch {
	case field == nil && nested:
		return nil, false
	case field == nil:
		return m.systemCell(name)
	case field.Type == schema.FieldTypeJson:
		return m.jsonCell(name, rest)
	case nested:
		return nil, false
	}
	return m.fieldCell(field, modifier)
}

func (m *memoryRow) systemCell(name string) (any, bool) {
	result, err := m.resolver.walk(m.resolver.base, m.resolver.root, true).systemField(name)
	if err != nil {
		return nil, false
	}
	cell := search.Cell{Value: m.column(name), Affinity: search.AffinityText}
	switch name {
	case schema.FieldNameVerified, schema.FieldNameEmailVisibility:
		return numericCell(cell.Value), true
	}
	cell.Hidden = result.Guard != "" && !m.record.EmailVisibility()
	return cell, true
}

func (m *memoryRow) fieldCell(field *schema.SchemaField, modifier string) (any, bool) {
	value := m.column(field.Name)
	switch field.Type {
	case schema.FieldTypeNumber:
		cell := numericCell(value)
		// Tables of early versions have REAL columns for numbers, which read 5 as "5.0".
		_, cell.NoText = cell.Value.(int64)
		return cell, true
	case schema.FieldTypeBool:
		return numericCell(value), true
	case schema.FieldTypeSelect, schema.FieldTypeFile, schema.FieldTypeRelation:
		multiple := schema.IsMultiple(field)
		switch {
		case modifier == modifierLength:
			return search.Cell{Value: int64(len(schema.UniqueStrings(value)))}, true
		case modifier == modifierEach && multiple:
			return nil, false
		case multiple:
			return numericCell(value), true
		}
	}
	return search.Cell{Value: value, Affinity: search.AffinityText}, true
}

func (m *memoryRow) jsonCell(name, path string) (any, bool) {
	var segments []string
	if path != "" {
		segments = strings.Split(path, ".")
	}
	if _, err := search.JSONPath(segments); err != nil {
		return nil, false
	}
	return search.Cell{Value: extractJSON(m.column(name), segments), JSON: true}, true
}

// numericCell returns the cell of a column with numeric affinity.
func numericCell(value any) search.Cell {
	return search.Cell{Value: search.StoredNumeric(value), Affinity: search.AffinityNumeric}
}
