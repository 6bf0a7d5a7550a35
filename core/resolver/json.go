package resolver

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/search"
)

// extractJSON returns the value at a path in a JSON column as the JSONExtract
// of the SQLite dialect does: NULL, a number, a text, or the text of an object
// or list. A text that is no JSON is a value by itself.
func extractJSON(column any, path []string) any {
	text, isText := column.(string)
	if !isText {
		if len(path) > 0 {
			return nil
		}
		return search.StoredNumeric(column)
	}
	raw := []byte(text)
	if !json.Valid(raw) {
		if len(path) > 0 {
			return nil
		}
		return text
	}
	for _, segment := range path {
		var ok bool
		if raw, ok = jsonMember(raw, segment); !ok {
			return nil
		}
	}
	value := jsonScalar(raw)
	if _, isFloat := value.(float64); isFloat && len(path) == 0 {
		return search.StoredNumeric(value) // the column made an integer of it
	}
	return value
}

// jsonMember returns the first member of an object with a name, or the item of
// a list with an index.
func jsonMember(raw []byte, segment string) ([]byte, bool) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	open, err := decoder.Token()
	if err != nil {
		return nil, false
	}
	isIndex := strings.Trim(segment, "0123456789") == ""
	switch {
	case open == json.Delim('{') && !isIndex:
		return objectMember(decoder, segment)
	case open == json.Delim('[') && isIndex:
		return listItem(decoder, segment)
	}
	return nil, false
}

func objectMember(decoder *json.Decoder, name string) ([]byte, bool) {
	for decoder.More() {
		key, err := decoder.Token()
		if err != nil {
			return nil, false
		}
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, false
		}
		if key == name {
			return value, true
		}
	}
	return nil, false
}

func listItem(decoder *json.Decoder, index string) ([]byte, bool) {
	n, err := strconv.Atoi(index)
	if err != nil {
		return nil, false
	}
	for i := 0; decoder.More(); i++ {
		var value json.RawMessage
		if err := decoder.Decode(&value); err != nil {
			return nil, false
		}
		if i == n {
			return value, true
		}
	}
	return nil, false
}

// jsonScalar returns a JSON value as SQLite does.
func jsonScalar(raw []byte) any {
	raw = bytes.TrimSpace(raw)
	switch raw[0] {
	case 'n':
		return nil
	case 't':
		return int64(1)
	case 'f':
		return int64(0)
	case '"':
		var text string
		if err := json.Unmarshal(raw, &text); err != nil {
			return nil
		}
		return text
	case '{', '[':
		var compact bytes.Buffer
		if err := json.Compact(&compact, raw); err != nil {
			return nil
		}
		return compact.String()
	}
	if whole, err := strconv.ParseInt(string(raw), 10, 64); err == nil {
		return whole
	}
	number, _ := strconv.ParseFloat(string(raw), 64) // ±Inf past the range, as in SQLite
	return number
}
