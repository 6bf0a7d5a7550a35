package models

import (
	"cmp"
	"slices"

	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// codec is a collection compiled for its records: where each value sits, how it
// is normalised and in which order it is written. It is immutable and shared by
// all records of the collection.
type codec struct {
	collectionType string
	id, name       string
	dates          viewDates

	columns []string
	fields  []fieldCodec
	index   map[string]int // field name → position in fields
	exports []export
	// firstSchemaField is the position after the auth columns.
	firstSchemaField int
	emailVisibility  int // position, -1 outside auth collections
}

// form groups the kinds of fields by the shape of their values.
type form uint8

const (
	formText form = iota
	formSingle
	formNumber
	formBool
	formDate
	formList
	formJSON
)

type fieldCodec struct {
	name string
	form form
	// field is a private copy, so that the codec does not change with the
	// collection it was made from.
	field    *schema.SchemaField
	multiple bool
}

// export is one key of a record's JSON form.
type export struct {
	key   []byte // `,"name":`, and for constants with the value
	kind  exportKind
	field int
}

type exportKind uint8

const (
	exportConstant exportKind = iota
	exportID
	exportCreated
	exportUpdated
	exportExpand
	exportField
	exportEmail
)

// compiled returns the collection's codec, made anew when the collection was
// changed since.
func (m *Collection) compiled() *codec {
	if m == nil {
		return emptyCodec
	}
	if c := m.codec.Load(); c != nil && c.matches(m) {
		return c
	}
	c := newCodec(m)
	m.codec.Store(c)
	return c
}

// emptyCodec serves records without a collection.
var emptyCodec = newCodec(&Collection{})

func (c *codec) matches(m *Collection) bool {
	fields := m.Schema.Fields()
	if c.collectionType != m.Type || c.id != m.Id || c.name != m.Name || c.dates != m.viewDates ||
		len(c.fields)-c.firstSchemaField != len(fields) {
		return false
	}
	for i, f := range fields {
		fc := &c.fields[c.firstSchemaField+i]
		if fc.name != f.Name || fc.field.Type != f.Type {
			return false
		}
		if (fc.form == formSingle || fc.form == formList) && fc.multiple != schema.IsMultiple(f) {
			return false
		}
	}
	return true
}

func newCodec(m *Collection) *codec {
	c := &codec{collectionType: m.Type, id: m.Id, name: m.Name, dates: m.viewDates, emailVisibility: -1}
	c.columns = append(c.columns, schema.FieldNameId)
	if c.hasCreated() {
		c.columns = append(c.columns, schema.FieldNameCreated)
	}
	if c.hasUpdated() {
		c.columns = append(c.columns, schema.FieldNameUpdated)
	}
	if m.IsAuth() {
		for _, f := range authFields {
			c.add(f)
		}
		c.emailVisibility = slices.IndexFunc(authFields, func(f *schema.SchemaField) bool {
			return f.Name == schema.FieldNameEmailVisibility
		})
	}
	c.firstSchemaField = len(c.fields)
	for _, f := range m.Schema.Fields() {
		private := &schema.SchemaField{Id: f.Id, Name: f.Name, Type: f.Type, Options: f.Options}
		_ = private.InitOptions() // options of another shape count as unset; saving checks them
		c.add(private)
	}
	c.index = make(map[string]int, len(c.fields))
	for i := range c.fields {
		c.index[c.fields[i].name] = i
	}
	c.exports = c.newExports()
	return c
}

func (c *codec) add(f *schema.SchemaField) {
	fc := fieldCodec{name: f.Name, field: f, multiple: schema.IsMultiple(f)}
	switch f.Type {
	case schema.FieldTypeNumber:
		fc.form = formNumber
	case schema.FieldTypeBool:
		fc.form = formBool
	case schema.FieldTypeDate:
		fc.form = formDate
	case schema.FieldTypeJson:
		fc.form = formJSON
	case schema.FieldTypeSelect, schema.FieldTypeFile, schema.FieldTypeRelation:
		fc.form = formSingle
		if fc.multiple {
			fc.form = formList
		}
	}
	c.fields = append(c.fields, fc)
	c.columns = append(c.columns, f.Name)
}

func (c *codec) hasCreated() bool { return c.collectionType != CollectionTypeView || c.dates.created }

func (c *codec) hasUpdated() bool { return c.collectionType != CollectionTypeView || c.dates.updated }

// newExports lists the keys of the public form in the order of encoding/json.
func (c *codec) newExports() []export {
	type named struct {
		name string
		export
	}
	all := []named{
		{schema.FieldNameId, export{kind: exportID}},
		{schema.FieldNameCreated, export{kind: exportCreated}},
		{schema.FieldNameUpdated, export{kind: exportUpdated}},
		{schema.FieldNameExpand, export{kind: exportExpand}},
		{schema.FieldNameCollectionId, export{kind: exportConstant}},
		{schema.FieldNameCollectionName, export{kind: exportConstant}},
	}
	for i := range c.fields {
		e := named{c.fields[i].name, export{kind: exportField, field: i}}
		if i < c.firstSchemaField {
			switch e.name {
			case schema.FieldNameUsername, schema.FieldNameEmailVisibility, schema.FieldNameVerified:
			case schema.FieldNameEmail:
				e.kind = exportEmail
			default:
				continue // secrets
			}
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b named) int { return cmp.Compare(a.name, b.name) })
	out := make([]export, len(all))
	for i, e := range all {
		e.key = append(types.AppendJSONString([]byte{','}, e.name), ':')
		switch e.name {
		case schema.FieldNameCollectionId:
			e.key = types.AppendJSONString(e.key, c.id)
		case schema.FieldNameCollectionName:
			e.key = types.AppendJSONString(e.key, c.name)
		}
		out[i] = e.export
	}
	return out
}

// authFields describes the columns of auth collections as fields.
var authFields = []*schema.SchemaField{
	authField(schema.FieldNameUsername, schema.FieldTypeText),
	authField(schema.FieldNameEmail, schema.FieldTypeEmail),
	authField(schema.FieldNameEmailVisibility, schema.FieldTypeBool),
	authField(schema.FieldNameVerified, schema.FieldTypeBool),
	authField(schema.FieldNameTokenKey, schema.FieldTypeText),
	authField(schema.FieldNamePasswordHash, schema.FieldTypeText),
	authField(schema.FieldNameLastResetSentAt, schema.FieldTypeDate),
	authField(schema.FieldNameLastVerificationSentAt, schema.FieldTypeDate),
	authField(schema.FieldNameLastLoginAlertSentAt, schema.FieldTypeDate),
}

func authField(name, typ string) *schema.SchemaField {
	f := &schema.SchemaField{Name: name, Type: typ}
	_ = f.InitOptions() // the types above exist
	return f
}
