package schema

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/spf13/cast"
)

// prepareList normalises the value of a field that may hold a list: unique,
// non-empty texts, of which a single-value field keeps the last.
func prepareList(multiple bool, value any) any {
	if multiple {
		return uniqueTexts(value)
	}
	if s, ok := value.(string); ok && !strings.Contains(s, "[") {
		return s
	}
	list := uniqueTexts(value)
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

// appendOrRemove is the modifier of select and relation fields.
func appendOrRemove(base any, modifier string, value any) any {
	if modifier == FieldValueModifierAdd {
		return append(uniqueTexts(base), uniqueTexts(value)...)
	}
	return removeOnly(base, modifier, value)
}

// removeOnly is the modifier of file fields, which cannot take names from outside.
func removeOnly(base any, modifier string, value any) any {
	if modifier != FieldValueModifierSubtract {
		return base
	}
	gone := uniqueTexts(value)
	return slices.DeleteFunc(uniqueTexts(base), func(s string) bool { return slices.Contains(gone, s) })
}

// uniqueTexts converts a value into a new list of unique non-empty texts. A
// text that may be a JSON array is read as one.
func uniqueTexts(value any) []string {
	switch v := value.(type) {
	case nil:
		return []string{}
	case []string:
		return unique(slices.Clone(v))
	case string:
		return textList(v)
	case []byte:
		return textList(string(v))
	case json.Marshaler:
		raw, err := v.MarshalJSON()
		if err != nil {
			return []string{}
		}
		return textList(string(raw))
	}
	if list, err := cast.ToStringSliceE(value); err == nil {
		return unique(slices.Clone(list))
	}
	if s := cast.ToString(value); s != "" {
		return []string{s}
	}
	return []string{}
}

func textList(s string) []string {
	if s == "" || s == "[]" {
		return []string{}
	}
	if list, ok := plainList(s); ok {
		return list
	}
	if strings.Contains(s, "[") {
		var list []any
		if err := json.Unmarshal([]byte(s), &list); err == nil {
			out := make([]string, len(list))
			for i, v := range list {
				out[i] = cast.ToString(v)
			}
			return unique(out)
		}
	}
	return []string{s}
}

// IsPlainList tells whether s is a JSON list of distinct, non-empty texts that
// is written without spaces and needs no escapes. Such a stored list is its own
// normal form, in the database and in JSON.
func IsPlainList(s string) bool {
	if len(s) < 2 || s[0] != '[' || s[len(s)-1] != ']' {
		return false
	}
	var seen [8]string
	n := 0
	for body := s[1 : len(s)-1]; body != ""; n++ {
		item, rest, ok := cutPlainItem(body)
		if !ok || n == len(seen) || slices.Contains(seen[:n], item) {
			return false
		}
		seen[n] = item
		body = rest
	}
	return true
}

// plainList reads what IsPlainList accepts.
func plainList(s string) ([]string, bool) {
	if !IsPlainList(s) {
		return nil, false
	}
	list := make([]string, 0, strings.Count(s, ",")+1)
	for body := s[1 : len(s)-1]; body != ""; {
		item, rest, _ := cutPlainItem(body)
		list = append(list, item)
		body = rest
	}
	return list, true
}

// cutPlainItem cuts the first text of a list and the comma after it.
func cutPlainItem(s string) (item, rest string, ok bool) {
	if s[0] != '"' {
		return "", "", false
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			item, rest = s[1:i], s[i+1:]
			if rest == "" {
				return item, rest, i > 1
			}
			return item, rest[1:], i > 1 && rest[0] == ',' && len(rest) > 1
		case c < ' ' || c >= 0x7f || c == '\\' || c == '<' || c == '>' || c == '&':
			return "", "", false
		}
	}
	return "", "", false
}

// unique drops empty and repeated texts in place, keeping the first of each.
func unique(list []string) []string {
	out := list[:0]
	if len(list) <= 16 {
		for _, s := range list {
			if s != "" && !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
		return out
	}
	seen := make(map[string]struct{}, len(list))
	for _, s := range list {
		if _, ok := seen[s]; s != "" && !ok {
			seen[s] = struct{}{}
			out = append(out, s)
		}
	}
	return out
}

// UniqueStrings converts any value into a new list of unique non-empty texts,
// as the fields that hold lists do.
func UniqueStrings(value any) []string { return uniqueTexts(value) }
