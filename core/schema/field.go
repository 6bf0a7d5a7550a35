package schema

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
)

var fieldNamePattern = regexp.MustCompile(`^\w+$`)

var reservedFieldNames = []any{
	FieldNameId, FieldNameCreated, FieldNameUpdated, FieldNameCollectionId, FieldNameCollectionName, FieldNameExpand,
	"null", "true", "false", "_rowid_",
}

// MultiValuer is implemented by the options of fields that may hold a list.
type MultiValuer interface {
	// IsMultiple tells whether the field holds a list.
	IsMultiple() bool
}

// SchemaField is one field of a collection. Options holds a pointer to the
// options type of its kind (*TextOptions, …) once InitOptions succeeded, which
// decoding from JSON does by itself.
type SchemaField struct {
	System      bool   `json:"system"`
	Id          string `json:"id"`
	Name        string `json:"name"`
	Type        string `json:"type"`
	Required    bool   `json:"required"`
	Presentable bool   `json:"presentable"`
	// Unique is kept for old definitions and has no effect.
	Unique  bool `json:"unique"`
	Options any  `json:"options"`
}

// String returns the JSON form.
func (f SchemaField) String() string {
	b, _ := f.MarshalJSON() // a field whose options cannot be encoded prints as nothing
	return string(b)
}

// MarshalJSON writes the field with all options of its type.
func (f SchemaField) MarshalJSON() ([]byte, error) {
	type plain SchemaField
	if opts, err := f.typedOptions(); err == nil {
		f.Options = opts
	}
	return json.Marshal(plain(f))
}

// UnmarshalJSON reads a field. Options that do not fit the type are kept as
// decoded, for Validate to report.
func (f *SchemaField) UnmarshalJSON(data []byte) error {
	type plain SchemaField
	decoded := plain(*f)
	decoded.Options = nil
	if err := json.Unmarshal(data, &decoded); err != nil {
		return err
	}
	*f = SchemaField(decoded)
	if opts, err := f.typedOptions(); err == nil {
		f.Options = opts
	}
	return nil
}

// InitOptions turns Options into the options type of the field's kind. It fails
// for an unknown kind and for options of another shape.
func (f *SchemaField) InitOptions() error {
	opts, err := f.typedOptions()
	if err != nil {
		return err
	}
	f.Options = opts
	return nil
}

// typedOptions returns the typed options without changing the field, so that
// readers of a shared field never write to it.
func (f *SchemaField) typedOptions() (any, error) {
	k, ok := kinds[f.Type]
	if !ok {
		return nil, fmt.Errorf("missing or unknown field type %q", f.Type)
	}
	if k.owns(f.Options) {
		return f.Options, nil
	}
	opts := k.newOptions()
	if f.Options == nil {
		return opts, nil
	}
	raw, err := json.Marshal(f.Options)
	if err != nil {
		return nil, fmt.Errorf("encode field options: %w", err)
	}
	if err := json.Unmarshal(raw, opts); err != nil {
		return nil, fmt.Errorf("decode field options: %w", err)
	}
	return opts, nil
}

// Validate checks the definition of the field on its own. The error is a
// validation.Errors by JSON key.
func (f SchemaField) Validate() error {
	errs := validation.Errors{
		"id":   validation.Validate(f.Id, validation.Required, validation.Length(5, 255)),
		"name": f.validateName(),
		"type": validation.Validate(f.Type, validation.Required, validation.In(anySlice(FieldTypes())...)),
	}
	if f.Type == FieldTypeFile {
		errs["unique"] = validation.Validate(f.Unique, validation.Empty)
	}
	if errs["type"] == nil {
		errs["options"] = f.validateOptions()
	}
	return errs.Filter()
}

func (f *SchemaField) validateName() error {
	err := validation.Validate(f.Name,
		validation.Required,
		validation.Length(1, 255),
		validation.Match(fieldNamePattern),
		validation.NotIn(reservedFieldNames...),
	)
	if err == nil && strings.Contains(strings.ToLower(f.Name), "_via_") {
		return errViaName
	}
	return err
}

func (f *SchemaField) validateOptions() error {
	opts, err := f.typedOptions()
	if err != nil {
		return errInvalidOptions
	}
	if v, ok := opts.(validation.Validatable); ok {
		return v.Validate()
	}
	return nil
}

// ColDefinition returns the type, default and constraints of the field's
// column, or "" for an unknown type.
func (f *SchemaField) ColDefinition() string {
	k, ok := kinds[f.Type]
	if !ok {
		return ""
	}
	if IsMultiple(f) {
		return "JSON DEFAULT '[]' NOT NULL"
	}
	return k.column
}

// PrepareValue converts any value (decoded JSON, form text, a database value)
// into the normal form of the field: string, float64, bool, types.DateTime,
// types.JsonRaw, or []string for fields that hold a list.
func (f *SchemaField) PrepareValue(value any) any {
	k, ok := kinds[f.Type]
	if !ok {
		return value
	}
	if !k.multiple {
		return k.prepare(false, value)
	}
	return k.prepare(IsMultiple(f), value)
}

// PrepareValueWithModifier applies the modifier value to the base value and
// returns the result in normal form. A modifier that the kind does not have
// leaves the base value.
func (f *SchemaField) PrepareValueWithModifier(baseValue any, modifier string, modifierValue any) any {
	if k, ok := kinds[f.Type]; ok && k.modify != nil {
		return f.PrepareValue(k.modify(baseValue, modifier, modifierValue))
	}
	return f.PrepareValue(baseValue)
}

// IsMultiple tells whether the field holds a list of values.
func IsMultiple(f *SchemaField) bool {
	if m, ok := f.Options.(MultiValuer); ok {
		return m.IsMultiple()
	}
	k, ok := kinds[f.Type]
	if !ok || !k.multiple {
		return false
	}
	opts, err := f.typedOptions()
	if err != nil {
		return false
	}
	m, ok := opts.(MultiValuer)
	return ok && m.IsMultiple()
}

// ValidateValue checks a value in normal form against the field: required
// first, then the rules of its kind that need nothing but the value. Relation
// targets, uploads and uniqueness are up to the caller.
func ValidateValue(f *SchemaField, value any) error {
	k, ok := kinds[f.Type]
	if !ok {
		return nil
	}
	value = f.PrepareValue(value)
	if f.Required && k.isEmpty(value) {
		return ErrRequiredValue
	}
	opts, err := f.typedOptions()
	if err != nil {
		return errInvalidOptions
	}
	if k.check == nil {
		return nil
	}
	return k.check(opts, value)
}

func cloneField(f *SchemaField) (*SchemaField, error) {
	clone := *f
	k, ok := kinds[f.Type]
	if !ok {
		return &clone, nil
	}
	opts, err := f.typedOptions()
	if err != nil {
		return nil, err
	}
	clone.Options = k.cloneOptions(opts)
	return &clone, nil
}

func anySlice[T any](list []T) []any {
	out := make([]any, len(list))
	for i, v := range list {
		out[i] = v
	}
	return out
}
