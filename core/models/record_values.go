package models

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cast"

	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// normal returns the normal form of a stored value without changing it. The
// shapes the database returns most need no conversion.
func (f *fieldCodec) normal(value any) any {
	switch v := value.(type) {
	case string:
		switch f.form {
		case formText:
			return value
		case formSingle:
			if !strings.Contains(v, "[") {
				return value
			}
		}
	case float64:
		if f.form == formNumber {
			return value
		}
	case bool:
		if f.form == formBool {
			return value
		}
	case types.DateTime:
		if f.form == formDate {
			return value
		}
	case []string:
		if f.form == formList {
			return slices.Clone(v)
		}
	}
	return f.field.PrepareValue(value)
}

// bind returns the value as the database stores it.
func (f *fieldCodec) bind(value any) any {
	if s, ok := value.(string); ok { // as loaded, and most often already right
		switch f.form {
		case formDate:
			if types.IsDateText(s) {
				return value
			}
		case formList:
			if schema.IsPlainList(s) {
				return value
			}
		case formJSON:
			if types.IsJSONDocument(s) {
				return value
			}
		}
	}
	switch v := f.normal(value).(type) {
	case types.DateTime:
		return v.String()
	case types.JsonRaw:
		return v.String()
	case []string:
		return string(types.AppendJSONStrings(nil, v))
	default:
		return v
	}
}

// BindValues returns the values of all columns, in the order of the
// collection's Columns, ready to be bound: string, float64 or bool.
func (r *Record) BindValues() []any {
	c := r.sync()
	out := make([]any, 0, len(c.columns))
	out = append(out, r.Id)
	if c.hasCreated() {
		out = append(out, r.Created.String())
	}
	if c.hasUpdated() {
		out = append(out, r.Updated.String())
	}
	for i := range c.fields {
		out = append(out, c.fields[i].bind(r.vals[i]))
	}
	return out
}

// ColumnValueMap returns the value of every column in normal form, by name.
func (r *Record) ColumnValueMap() map[string]any {
	c := r.sync()
	out := make(map[string]any, len(c.columns))
	out[schema.FieldNameId] = r.Id
	if c.hasCreated() {
		out[schema.FieldNameCreated] = r.Created
	}
	if c.hasUpdated() {
		out[schema.FieldNameUpdated] = r.Updated
	}
	for i := range c.fields {
		v := c.fields[i].normal(r.vals[i])
		if list, ok := v.([]string); ok {
			v = types.JsonArray[string](list) // what the database takes
		}
		out[c.fields[i].name] = v
	}
	return out
}

// GetBool returns the value as a bool, false when it is none.
func (r *Record) GetBool(key string) bool { return cast.ToBool(r.Get(key)) }

// GetString returns the value as text: JSON as its document, dates in the
// default layout, lists as "".
func (r *Record) GetString(key string) string {
	switch v := r.Get(key).(type) {
	case string:
		return v
	case fmt.Stringer:
		return v.String()
	default:
		return cast.ToString(v)
	}
}

// GetInt returns the value as a whole number, 0 when it is none.
func (r *Record) GetInt(key string) int { return cast.ToInt(r.Get(key)) }

// GetFloat returns the value as a number, 0 when it is none.
func (r *Record) GetFloat(key string) float64 { return cast.ToFloat64(r.Get(key)) }

// GetTime returns a text or a number of seconds as a UTC time, the zero one when
// it is none. As in v0.22, values of date fields are none: see GetDateTime.
func (r *Record) GetTime(key string) time.Time {
	value := r.Get(key)
	if _, isDate := value.(types.DateTime); isDate {
		return time.Time{}
	}
	return dateOf(value).Time()
}

// GetDateTime returns the value as a date, the zero one when it is none.
func (r *Record) GetDateTime(key string) types.DateTime { return dateOf(r.Get(key)) }

// GetStringSlice returns the value as a list of unique non-empty texts.
func (r *Record) GetStringSlice(key string) []string { return schema.UniqueStrings(r.Get(key)) }

// UnmarshalJSONField decodes the JSON form of a value into result. It fails
// when the shapes differ.
func (r *Record) UnmarshalJSONField(key string, result any) error {
	raw, err := json.Marshal(r.Get(key))
	if err != nil {
		return fmt.Errorf("encode value of %s: %w", key, err)
	}
	return json.Unmarshal(raw, result)
}
