package search

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"time"
)

// timeLayout is how dates are stored.
const timeLayout = "2006-01-02 15:04:05.000Z"

// bindable returns value as something that drivers bind: nil, int64, float64,
// bool or string.
func bindable(value any) any {
	switch v := value.(type) {
	case nil, string, bool, int64, float64:
		return v
	case int:
		return int64(v)
	case []byte:
		return string(v)
	case json.RawMessage:
		return string(v)
	case json.Number:
		return bindNumber(v)
	case time.Time:
		return v.UTC().Format(timeLayout)
	case driver.Valuer:
		return bindValuer(v)
	case fmt.Stringer:
		return v.String()
	}
	return bindReflected(value)
}

func bindNumber(number json.Number) any {
	if f, err := number.Float64(); err == nil {
		return f
	}
	return number.String()
}

func bindValuer(valuer driver.Valuer) any {
	if rv := reflect.ValueOf(valuer); rv.Kind() == reflect.Pointer && rv.IsNil() {
		return nil
	}
	value, err := valuer.Value()
	if err != nil {
		return nil
	}
	if _, again := value.(driver.Valuer); again {
		return nil
	}
	return bindable(value)
}

func bindReflected(value any) any {
	rv := reflect.ValueOf(value)
	switch rv.Kind() {
	case reflect.Pointer, reflect.Interface:
		if rv.IsNil() {
			return nil
		}
		return bindable(rv.Elem().Interface())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return rv.Int()
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return float64(rv.Uint())
	case reflect.Float32, reflect.Float64:
		return rv.Float()
	case reflect.String:
		return rv.String()
	case reflect.Bool:
		return rv.Bool()
	}
	encoded, err := json.Marshal(value)
	if err != nil || string(encoded) == "null" {
		return nil
	}
	return string(encoded)
}

// textOf returns a bound value as the text a LIKE pattern is made of.
func textOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case bool:
		return strconv.FormatBool(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}
