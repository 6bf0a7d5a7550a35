package jsvm

import (
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"strconv"
)

// readerBytes bounds what is read from a reader when the script names no limit.
const readerBytes = 32 << 20

// readText returns what is left in a reader as text, at most limit bytes of it.
// Limits of zero and less stand for 32 MiB.
func readText(r io.Reader, limit int64) (string, error) {
	if r == nil {
		return "", nil
	}
	if limit <= 0 {
		limit = readerBytes
	}
	content, err := io.ReadAll(io.LimitReader(r, limit))
	return string(content), err
}

// toText returns the text form of a Go value: the content of readers and bytes,
// scalars and values with a text of their own as such, nothing for nil, and
// everything else as JSON.
func toText(value any, readerLimit int64) (string, error) {
	switch v := value.(type) {
	case nil:
		return "", nil
	case string:
		return v, nil
	case bool:
		return strconv.FormatBool(v), nil
	case int64:
		return strconv.FormatInt(v, 10), nil
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64), nil
	case fmt.Stringer:
		return v.String(), nil
	case error:
		return v.Error(), nil
	case io.Reader:
		return readText(v, readerLimit)
	}
	if content, ok := bytesOf(value); ok {
		return string(content), nil
	}
	content, err := json.Marshal(value)
	return string(content), err
}

// bytesOf returns the content of any kind of byte slice, also behind a pointer,
// which is how live members of structs arrive.
func bytesOf(value any) ([]byte, bool) {
	rv := reflect.Indirect(reflect.ValueOf(value))
	if rv.Kind() != reflect.Slice || rv.Type().Elem().Kind() != reflect.Uint8 {
		return nil, false
	}
	return rv.Bytes(), true
}
