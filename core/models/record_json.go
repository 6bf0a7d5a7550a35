package models

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// PublicExport returns the public form of the record: its fields, base columns
// and collection, what is public of an account, and the expanded records.
func (r *Record) PublicExport() map[string]any {
	c := r.sync()
	out := make(map[string]any, len(c.exports)+len(r.unknown))
	if r.exportUnknown {
		maps.Copy(out, r.unknown)
	}
	for i := range c.exports {
		e := &c.exports[i]
		switch e.kind {
		case exportConstant:
		case exportID:
			out[schema.FieldNameId] = r.Id
		case exportCreated:
			if r.exportsDate(r.Created) {
				out[schema.FieldNameCreated] = r.Created
			}
		case exportUpdated:
			if r.exportsDate(r.Updated) {
				out[schema.FieldNameUpdated] = r.Updated
			}
		case exportExpand:
			if len(r.expand) > 0 {
				out[schema.FieldNameExpand] = maps.Clone(r.expand)
			}
		case exportEmail:
			if r.exportsEmail() {
				out[schema.FieldNameEmail] = r.Email()
			}
		case exportField:
			out[c.fields[e.field].name] = c.fields[e.field].normal(r.vals[e.field])
		}
	}
	out[schema.FieldNameCollectionId], out[schema.FieldNameCollectionName] = c.id, c.name
	return out
}

// exportsDate tells whether a date column shows; views show only those set.
func (r *Record) exportsDate(d types.DateTime) bool {
	return r.codec.collectionType != CollectionTypeView || !d.IsZero()
}

func (r *Record) exportsEmail() bool {
	if r.ignoreEmailVisibility {
		return true
	}
	i := r.codec.emailVisibility
	return i >= 0 && r.codec.fields[i].normal(r.vals[i]) == true
}

// MarshalJSON writes the public form with sorted keys. It fails only for expand
// or unknown data that cannot be encoded.
func (r *Record) MarshalJSON() ([]byte, error) {
	out, err := r.appendJSON(make([]byte, 0, 512))
	if err != nil {
		return nil, err
	}
	return out, nil
}

// AppendJSON appends what MarshalJSON returns. Values that cannot be encoded
// become null.
func (r *Record) AppendJSON(dst []byte) []byte {
	dst, _ = r.appendJSON(dst) // documented
	return dst
}

func (r *Record) appendJSON(dst []byte) ([]byte, error) {
	if r == nil {
		return append(dst, "null"...), nil
	}
	if r.exportUnknown && len(r.unknown) > 0 {
		return appendAny(dst, r.PublicExport())
	}
	c := r.sync()
	start := len(dst)
	var failed error
	for i := range c.exports {
		e := &c.exports[i]
		switch e.kind {
		case exportConstant:
			dst = append(dst, e.key...)
		case exportID:
			dst = types.AppendJSONString(append(dst, e.key...), r.Id)
		case exportCreated:
			if r.exportsDate(r.Created) {
				dst = appendDate(append(dst, e.key...), r.Created)
			}
		case exportUpdated:
			if r.exportsDate(r.Updated) {
				dst = appendDate(append(dst, e.key...), r.Updated)
			}
		case exportExpand:
			if len(r.expand) > 0 {
				var err error
				dst, err = appendExpand(append(dst, e.key...), r.expand)
				failed = errors.Join(failed, err)
			}
		case exportEmail:
			if !r.exportsEmail() {
				continue
			}
			fallthrough
		case exportField:
			dst = c.fields[e.field].appendJSON(append(dst, e.key...), r.vals[e.field])
		}
	}
	dst[start] = '{' // in place of the first comma
	return append(dst, '}'), failed
}

// appendJSON appends the normal form of a stored value, without making it for
// the shapes the database returns.
func (f *fieldCodec) appendJSON(dst []byte, value any) []byte {
	switch v := value.(type) {
	case string:
		switch f.form {
		case formList:
			if schema.IsPlainList(v) {
				return append(dst, v...)
			}
		case formDate:
			if types.IsDateText(v) {
				return append(append(append(dst, '"'), v...), '"')
			}
			return appendDate(dst, dateOf(v))
		case formJSON:
			return types.AppendJSONDocument(dst, v)
		}
	case int64:
		switch f.form {
		case formNumber:
			return types.AppendJSONFloat(dst, float64(v))
		case formBool:
			return strconv.AppendBool(dst, v != 0)
		}
	}
	switch v := f.normalNoCopy(value).(type) {
	case string:
		return types.AppendJSONString(dst, v)
	case float64:
		return types.AppendJSONFloat(dst, v)
	case bool:
		return strconv.AppendBool(dst, v)
	case types.DateTime:
		return appendDate(dst, v)
	case []string:
		return types.AppendJSONStrings(dst, v)
	case types.JsonRaw:
		if out, ok := types.AppendJSONCompact(dst, v); ok {
			return out
		}
	}
	return append(dst, "null"...)
}

// normalNoCopy is normal for readers that do not keep the value.
func (f *fieldCodec) normalNoCopy(value any) any {
	switch value.(type) {
	case []string:
		if f.form == formList {
			return value
		}
	case types.JsonRaw:
		if f.form == formJSON {
			return value
		}
	}
	return f.normal(value)
}

func appendDate(dst []byte, d types.DateTime) []byte {
	return append(d.AppendText(append(dst, '"')), '"')
}

func appendExpand(dst []byte, expand map[string]any) ([]byte, error) {
	dst = append(dst, '{')
	var failed error
	for i, key := range slices.Sorted(maps.Keys(expand)) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(types.AppendJSONString(dst, key), ':')
		var err error
		dst, err = appendExpanded(dst, expand[key])
		failed = errors.Join(failed, err)
	}
	return append(dst, '}'), failed
}

func appendExpanded(dst []byte, value any) ([]byte, error) {
	switch v := value.(type) {
	case *Record:
		return v.appendJSON(dst)
	case []*Record:
		if v == nil {
			return append(dst, "null"...), nil
		}
		dst = append(dst, '[')
		var failed error
		for i, r := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			var err error
			dst, err = r.appendJSON(dst)
			failed = errors.Join(failed, err)
		}
		return append(dst, ']'), failed
	}
	return appendAny(dst, value)
}

func appendAny(dst []byte, value any) ([]byte, error) {
	raw, err := json.Marshal(value)
	if err != nil {
		return append(dst, "null"...), fmt.Errorf("encode record: %w", err)
	}
	return append(dst, raw...), nil
}

// UnmarshalJSON loads a JSON object as Load does.
func (r *Record) UnmarshalJSON(data []byte) error {
	values := map[string]any{}
	if err := json.Unmarshal(data, &values); err != nil {
		return err
	}
	r.Load(values)
	return nil
}
