// Package schema describes the fields of a collection: their kinds, options,
// database columns, value normalisation and validation. There is one file per
// kind of field and one table (kinds) that joins them. It knows no database and
// no records; values go in and out as plain Go values.
package schema

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/security"
)

const fieldIDAlphabet = "abcdefghijklmnopqrstuvwxyz0123456789"

// Schema is an ordered list of fields. The zero value is an empty schema ready
// to use. It is not safe for concurrent changes; copies share their fields
// (use Clone for an independent one).
type Schema struct {
	fields []*SchemaField
}

// NewSchema returns a schema of the given fields. Missing field ids are filled.
func NewSchema(fields ...*SchemaField) Schema {
	s := Schema{fields: make([]*SchemaField, 0, len(fields))}
	for _, f := range fields {
		s.AddField(f)
	}
	return s
}

// Fields returns the fields in order. The slice must not be changed.
func (s *Schema) Fields() []*SchemaField { return s.fields }

// AddField appends a field, or replaces the one with the same id. A field
// without id gets a random one.
func (s *Schema) AddField(newField *SchemaField) {
	if newField == nil {
		return
	}
	ensureFieldID(newField)
	for i, f := range s.fields {
		if f.Id == newField.Id {
			s.fields[i] = newField
			return
		}
	}
	s.fields = append(s.fields, newField)
}

// RemoveField drops the field with the id; an unknown id is ignored.
func (s *Schema) RemoveField(id string) {
	for i, f := range s.fields {
		if f.Id == id {
			// a new slice: copies of this schema keep their own list
			s.fields = append(append([]*SchemaField{}, s.fields[:i]...), s.fields[i+1:]...)
			return
		}
	}
}

// GetFieldById returns the field with the id, or nil.
func (s *Schema) GetFieldById(id string) *SchemaField {
	for _, f := range s.fields {
		if f.Id == id {
			return f
		}
	}
	return nil
}

// GetFieldByName returns the field with exactly this name, or nil.
func (s *Schema) GetFieldByName(name string) *SchemaField {
	for _, f := range s.fields {
		if f.Name == name {
			return f
		}
	}
	return nil
}

// AsMap returns the fields by name.
func (s *Schema) AsMap() map[string]*SchemaField {
	m := make(map[string]*SchemaField, len(s.fields))
	for _, f := range s.fields {
		m[f.Name] = f
	}
	return m
}

// Clone returns a deep copy. It fails when the options of a field cannot be
// read as those of its type.
func (s *Schema) Clone() (*Schema, error) {
	c := &Schema{}
	if s.fields == nil {
		return c, nil
	}
	c.fields = make([]*SchemaField, len(s.fields))
	for i, f := range s.fields {
		clone, err := cloneField(f)
		if err != nil {
			return nil, fmt.Errorf("clone field %s: %w", f.Name, err)
		}
		c.fields[i] = clone
	}
	return c, nil
}

// InitFieldsOptions turns the options of every field into their typed form.
func (s *Schema) InitFieldsOptions() error {
	for _, f := range s.fields {
		if err := f.InitOptions(); err != nil {
			return fmt.Errorf("field %q: %w", f.Name, err)
		}
	}
	return nil
}

// Validate checks ids, names, types and options of all fields. The error is a
// validation.Errors keyed by field position.
func (s *Schema) Validate() error {
	if errs := s.duplicates(); len(errs) > 0 {
		return errs
	}
	errs := validation.Errors{}
	for i, f := range s.fields {
		if err := f.Validate(); err != nil {
			errs[strconv.Itoa(i)] = err
		}
	}
	if len(errs) > 0 {
		return errs
	}
	return nil
}

func (s *Schema) duplicates() validation.Errors {
	errs := validation.Errors{}
	ids := make(map[string]struct{}, len(s.fields))
	names := make(map[string]struct{}, len(s.fields))
	for i, f := range s.fields {
		name := strings.ToLower(f.Name)
		if _, ok := ids[f.Id]; ok {
			errs[strconv.Itoa(i)] = validation.Errors{"id": errDuplicatedID}
		} else if _, ok := names[name]; ok && name != "" {
			errs[strconv.Itoa(i)] = validation.Errors{"name": errDuplicatedName}
		}
		ids[f.Id], names[name] = struct{}{}, struct{}{}
	}
	return errs
}

// MarshalJSON writes the list of fields, never null.
func (s Schema) MarshalJSON() ([]byte, error) {
	if s.fields == nil {
		return []byte("[]"), nil
	}
	return json.Marshal(s.fields)
}

// UnmarshalJSON reads a list of fields and fills missing ids. Options that do
// not fit their type are kept as they are, for Validate to report.
func (s *Schema) UnmarshalJSON(data []byte) error {
	fields := []*SchemaField{}
	if err := json.Unmarshal(data, &fields); err != nil {
		return err
	}
	kept := fields[:0]
	for _, f := range fields {
		if f != nil {
			ensureFieldID(f)
			kept = append(kept, f)
		}
	}
	s.fields = kept
	return nil
}

// Value returns the JSON text for the database.
func (s Schema) Value() (driver.Value, error) {
	b, err := s.MarshalJSON()
	return string(b), err
}

// Scan loads the JSON text of a database column; empty means no fields.
func (s *Schema) Scan(value any) error {
	var data []byte
	switch v := value.(type) {
	case nil:
	case []byte:
		data = v
	case string:
		data = []byte(v)
	default:
		return errors.New("read schema: unexpected column type " + fmt.Sprintf("%T", value))
	}
	if len(data) == 0 {
		data = []byte("[]")
	}
	return s.UnmarshalJSON(data)
}

func ensureFieldID(f *SchemaField) {
	if f.Id == "" {
		f.Id = security.PseudorandomStringWithAlphabet(8, fieldIDAlphabet)
	}
}
