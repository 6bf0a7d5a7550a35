package models

import (
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/spf13/cast"

	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// Record is one row of a collection. Its values sit in a slice in the order of
// the collection's columns, as the database returned them until they are set;
// every reader normalises on the way out. A record without collection holds
// only its id, dates and unknown data.
type Record struct {
	BaseModel

	collection *Collection
	codec      *codec

	vals []any // by position in codec.fields; nil means unset
	orig []any // the values as loaded; nil as long as vals still is those
	// loaded is the base part as loaded.
	loaded BaseModel

	unknown map[string]any
	expand  map[string]any

	exportUnknown         bool
	ignoreEmailVisibility bool
}

// NewRecord returns an empty new record of the collection, which may be nil.
func NewRecord(collection *Collection) *Record {
	c := collection.compiled()
	return &Record{collection: collection, codec: c, vals: make([]any, len(c.fields))}
}

// NewRecordFromValues returns a stored record from driver values in the order of
// collection.Columns(). The values are copied.
func NewRecordFromValues(collection *Collection, vals []any) *Record {
	l := NewRecordLoader(collection, 1)
	return l.Load(vals)
}

// NewRecordFromNullStringMap returns a stored record from a row of texts.
// Columns the collection does not have become unknown data.
func NewRecordFromNullStringMap(collection *Collection, data dbx.NullStringMap) *Record {
	r := NewRecord(collection)
	for name, text := range data {
		var value any
		if text.Valid {
			value = text.String
		}
		switch name {
		case schema.FieldNameId:
			r.Id = text.String
		case schema.FieldNameCreated:
			r.Created = dateOf(value)
		case schema.FieldNameUpdated:
			r.Updated = dateOf(value)
		default:
			if i, ok := r.codec.index[name]; ok {
				r.vals[i] = value
			} else {
				r.setUnknown(name, value)
			}
		}
	}
	r.MarkAsNotNew()
	r.loaded = r.BaseModel
	return r
}

// NewRecordsFromNullStringMaps is NewRecordFromNullStringMap for many rows.
func NewRecordsFromNullStringMaps(collection *Collection, rows []dbx.NullStringMap) []*Record {
	out := make([]*Record, len(rows))
	for i, row := range rows {
		out[i] = NewRecordFromNullStringMap(collection, row)
	}
	return out
}

// Collection returns the collection of the record, or nil.
func (r *Record) Collection() *Collection { return r.collection }

// TableName returns the name of the record's collection.
func (r *Record) TableName() string {
	if r.collection == nil {
		return ""
	}
	return r.collection.Name
}

// BaseFilesPath returns the storage folder of the record's files.
func (r *Record) BaseFilesPath() string {
	if r.collection == nil {
		return r.Id
	}
	return r.collection.BaseFilesPath() + "/" + r.Id
}

// FindFileFieldByFile returns the file field that holds the file name, or nil.
func (r *Record) FindFileFieldByFile(filename string) *schema.SchemaField {
	if r.collection == nil || filename == "" {
		return nil
	}
	for _, f := range r.collection.Schema.Fields() {
		if f.Type == schema.FieldTypeFile && slices.Contains(r.GetStringSlice(f.Name), filename) {
			return f
		}
	}
	return nil
}

// sync moves the values to the current shape of the collection, which a script
// may have changed under the record.
func (r *Record) sync() *codec {
	current := r.collection.compiled()
	if r.codec == current {
		return current
	}
	old := r.codec
	if old == nil { // the zero Record
		old = emptyCodec
	}
	r.vals = moveValues(old, current, r.vals, r.unknown)
	if r.orig != nil {
		r.orig = moveValues(old, current, r.orig, nil)
	}
	r.codec = current
	return current
}

func moveValues(from, to *codec, vals []any, unknown map[string]any) []any {
	out := make([]any, len(to.fields))
	for i := range to.fields {
		name := to.fields[i].name
		if j, ok := from.index[name]; ok && j < len(vals) {
			out[i] = vals[j]
		} else if v, ok := unknown[name]; ok {
			out[i] = to.fields[i].field.PrepareValue(v)
			delete(unknown, name)
		}
	}
	return out
}

// field returns the position of a field, -1 when there is none.
func (r *Record) field(key string) int {
	if r.codec != nil {
		if i, ok := r.codec.index[key]; ok {
			return i
		}
	}
	if i, ok := r.collection.compiled().index[key]; ok {
		r.sync()
		return i
	}
	return -1
}

// Get returns the value of a field, auth or base column in normal form, or of
// unknown data; nil when there is none. Lists are copies.
func (r *Record) Get(key string) any {
	switch key {
	case schema.FieldNameId:
		return r.Id
	case schema.FieldNameCreated:
		return r.Created
	case schema.FieldNameUpdated:
		return r.Updated
	}
	if i := r.field(key); i >= 0 {
		return r.codec.fields[i].normal(r.vals[i])
	}
	if v, ok := r.unknown[key]; ok {
		return v
	}
	if r.collection != nil {
		switch key {
		case schema.FieldNameCollectionId:
			return r.collection.Id
		case schema.FieldNameCollectionName:
			return r.collection.Name
		}
	}
	return nil
}

// Set stores a value, converted to the normal form of its field. A key that the
// collection does not have becomes unknown data.
func (r *Record) Set(key string, value any) {
	switch key {
	case schema.FieldNameId:
		r.Id = cast.ToString(value)
	case schema.FieldNameCreated:
		r.Created = dateOf(value)
	case schema.FieldNameUpdated:
		r.Updated = dateOf(value)
	case schema.FieldNameExpand:
		r.SetExpand(cast.ToStringMap(value))
	default:
		if i := r.field(key); i >= 0 {
			r.setField(i, r.codec.fields[i].field.PrepareValue(value))
		} else {
			r.setUnknown(key, value)
		}
	}
}

func (r *Record) setField(i int, value any) {
	if r.orig == nil {
		r.orig = r.vals
		r.vals = slices.Clone(r.vals)
	}
	r.vals[i] = value
}

func (r *Record) setUnknown(key string, value any) {
	if r.unknown == nil {
		r.unknown = map[string]any{}
	}
	r.unknown[key] = value
}

// Load sets every value of data.
func (r *Record) Load(data map[string]any) {
	for key, value := range data {
		r.Set(key, value)
	}
}

// OriginalCopy returns a copy of the record with the values it was loaded with.
func (r *Record) OriginalCopy() *Record {
	c := &Record{BaseModel: r.loaded, collection: r.collection, codec: r.codec, vals: r.vals, loaded: r.loaded}
	if r.orig != nil {
		c.vals = r.orig
	}
	c.isNotNew = r.isNotNew
	c.detach()
	return c
}

// CleanCopy returns a copy of the record with its current values but without
// expand, unknown data and export options.
func (r *Record) CleanCopy() *Record {
	c := &Record{BaseModel: r.BaseModel, collection: r.collection, codec: r.codec, vals: r.vals, loaded: r.BaseModel}
	c.detach()
	return c
}

// detach gives a copy its own values. Stored values are never changed in place,
// so the slice is all that has to be copied.
func (r *Record) detach() { r.vals = slices.Clone(r.vals) }

// SchemaData returns the values of the collection's fields. Those of a new
// record that were not set yet are left out.
func (r *Record) SchemaData() map[string]any {
	c := r.sync()
	out := make(map[string]any, len(c.fields)-c.firstSchemaField)
	for i := c.firstSchemaField; i < len(c.fields); i++ {
		if r.vals[i] == nil && r.IsNew() {
			continue
		}
		out[c.fields[i].name] = c.fields[i].normal(r.vals[i])
	}
	return out
}

// UnknownData returns a copy of the values that belong to no field.
func (r *Record) UnknownData() map[string]any {
	out := make(map[string]any, len(r.unknown))
	maps.Copy(out, r.unknown)
	return out
}

// WithUnknownData makes exports contain the unknown data, or not.
func (r *Record) WithUnknownData(state bool) { r.exportUnknown = state }

// IgnoreEmailVisibility makes exports always contain the email, or not.
func (r *Record) IgnoreEmailVisibility(state bool) { r.ignoreEmailVisibility = state }

// ReplaceModifers returns data with its modifier keys ("field+", "field-")
// applied to the value of the same data or, without one, of the record.
func (r *Record) ReplaceModifers(data map[string]any) map[string]any {
	out := make(map[string]any, len(data))
	maps.Copy(out, data)
	if r.collection == nil || !(&RequestInfo{Data: data}).HasModifierDataKeys() {
		return out
	}
	for _, f := range r.collection.Schema.Fields() {
		for _, modifier := range schema.FieldValueModifiers() {
			value, ok := data[f.Name+modifier]
			if !ok {
				continue
			}
			base, ok := out[f.Name]
			if !ok {
				base = r.Get(f.Name)
			}
			out[f.Name] = f.PrepareValueWithModifier(base, modifier, value)
			delete(out, f.Name+modifier)
		}
	}
	return out
}

func dateOf(value any) types.DateTime {
	d, err := types.ParseDateTime(value)
	if err != nil {
		return types.DateTime{}
	}
	return d
}
