package types

import (
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
)

// JsonRaw is a JSON document kept as text. It prints and encodes as the
// document itself; nil and empty stand for null.
type JsonRaw []byte

// ParseJsonRaw encodes any value into a JsonRaw. A JsonRaw is returned as is.
func ParseJsonRaw(value any) (JsonRaw, error) {
	var r JsonRaw
	err := r.Scan(value)
	return r, err
}

// String returns the document text.
func (j JsonRaw) String() string { return string(j) }

// MarshalJSON returns the document, null when empty.
func (j JsonRaw) MarshalJSON() ([]byte, error) {
	if len(j) == 0 {
		return []byte("null"), nil
	}
	return j, nil
}

// UnmarshalJSON stores a copy of the document.
func (j *JsonRaw) UnmarshalJSON(data []byte) error {
	if j == nil {
		return errors.New("types: UnmarshalJSON on a nil JsonRaw")
	}
	*j = append((*j)[:0:0], data...)
	return nil
}

// Value returns the document text for the database, nil when empty.
func (j JsonRaw) Value() (driver.Value, error) {
	if len(j) == 0 {
		return nil, nil
	}
	return string(j), nil
}

// Scan loads a database text or encodes any other value. It fails when the
// result is not valid JSON.
func (j *JsonRaw) Scan(value any) error {
	var data []byte
	switch v := value.(type) {
	case nil:
		*j = JsonRaw{}
		return nil
	case []byte:
		data = append(data, v...)
	case string:
		data = []byte(v)
	case JsonRaw:
		data = append(data, v...)
	default:
		b, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("encode json value: %w", err)
		}
		data = b
	}
	if len(data) == 0 {
		*j = JsonRaw{}
		return nil
	}
	return j.UnmarshalJSON(data)
}

// JsonArray is a list stored in a JSON column. Nil encodes as an empty list.
type JsonArray[T any] []T

// MarshalJSON writes the list, never null.
func (a JsonArray[T]) MarshalJSON() ([]byte, error) {
	if a == nil {
		return []byte("[]"), nil
	}
	return json.Marshal([]T(a))
}

// Value returns the JSON text for the database.
func (a JsonArray[T]) Value() (driver.Value, error) {
	b, err := a.MarshalJSON()
	return string(b), err
}

// Scan loads the JSON text of a database column; empty means an empty list.
func (a *JsonArray[T]) Scan(value any) error {
	data, err := columnBytes(value, "[]")
	if err != nil {
		return err
	}
	return json.Unmarshal(data, (*[]T)(a))
}

// JsonMap is an object stored in a JSON column. Nil encodes as an empty object.
// It is an ordinary map: not safe for concurrent writes.
type JsonMap map[string]any

// MarshalJSON writes the object with sorted keys, never null.
func (m JsonMap) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(map[string]any(m))
}

// Get returns the value of key, nil when missing.
func (m JsonMap) Get(key string) any { return m[key] }

// Set stores the value of key. The map must not be nil.
func (m JsonMap) Set(key string, value any) { m[key] = value }

// Value returns the JSON text for the database.
func (m JsonMap) Value() (driver.Value, error) {
	b, err := m.MarshalJSON()
	return string(b), err
}

// Scan loads the JSON text of a database column; empty means an empty object.
func (m *JsonMap) Scan(value any) error {
	data, err := columnBytes(value, "{}")
	if err != nil {
		return err
	}
	return json.Unmarshal(data, (*map[string]any)(m))
}

// columnBytes returns the text of a JSON column, or empty for NULL and "".
func columnBytes(value any, empty string) ([]byte, error) {
	var data []byte
	switch v := value.(type) {
	case nil:
	case []byte:
		data = v
	case string:
		data = []byte(v)
	default:
		return nil, fmt.Errorf("read json column: unexpected %T", value)
	}
	if len(data) == 0 {
		data = []byte(empty)
	}
	return data, nil
}
