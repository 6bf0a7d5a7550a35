package jsvm

import (
	"reflect"
	"sync"
	"unicode"
)

// jsName returns the name that a Go field or method has in scripts. The run of
// capitals (digits and "_" count) at the start is lowered: all of it when it is
// the whole name or a single letter, otherwise all but its last letter, which
// begins the next word: JSON→json, Get→get, JSONPretty→jsonPretty.
func jsName(name string) string {
	runes := []rune(name)
	run := 0
	for run < len(runes) && isUpperLike(runes[run]) {
		run++
	}
	if run > 1 && run < len(runes) {
		run--
	}
	for i := range run {
		runes[i] = unicode.ToLower(runes[i])
	}
	return string(runes)
}

func isUpperLike(r rune) bool {
	return unicode.IsUpper(r) || unicode.IsDigit(r) || r == '_'
}

// nameCache remembers results of jsName: goja asks for them for every value it
// reflects on.
var nameCache sync.Map // string → string

func cachedName(name string) string {
	if cached, ok := nameCache.Load(name); ok {
		return cached.(string)
	}
	mapped := jsName(name)
	nameCache.Store(name, mapped)
	return mapped
}

// fieldMapper tells goja's own reflection, which serves the few values that we
// do not wrap (durations, plain slices), about our names.
type fieldMapper struct{}

// FieldName implements goja.FieldNameMapper.
func (fieldMapper) FieldName(_ reflect.Type, f reflect.StructField) string {
	return cachedName(f.Name)
}

// MethodName implements goja.FieldNameMapper.
func (fieldMapper) MethodName(_ reflect.Type, m reflect.Method) string {
	return cachedName(m.Name)
}
