package main

import (
	"context"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"time"
	"unicode"

	"github.com/tackleboxdev/tacklebox/core/types"
)

// direction tells which way a value goes: scripts may hand over more forms of a
// value than they ever get.
type direction bool

const (
	out direction = false // to scripts
	in  direction = true  // from scripts
)

var (
	errorType    = reflect.TypeFor[error]()
	timeType     = reflect.TypeFor[time.Time]()
	durationType = reflect.TypeFor[time.Duration]()
	dateTimeType = reflect.TypeFor[types.DateTime]()
	contextType  = reflect.TypeFor[context.Context]()
)

// typescript returns the type that stands for a Go type and makes sure that it
// gets declared.
func (w *writer) typescript(typ reflect.Type, dir direction) string {
	switch typ {
	case errorType:
		if dir == in {
			return "any"
		}
		return "Error"
	case timeType:
		w.use(typ)
		return choose(dir, "time.Time | Date", "time.Time")
	case durationType:
		w.use(typ)
		return choose(dir, "number | time.Duration", "time.Duration")
	case dateTimeType:
		w.use(typ)
		return choose(dir, "types.DateTime | Date | string", "types.DateTime")
	case contextType:
		return "context.Context"
	}
	if text, ok := knownTypes[goName(typ)]; ok {
		return text
	}
	if isOpaque(typ) {
		return "any"
	}
	switch typ.Kind() {
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "string"
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Pointer:
		return w.pointer(typ, dir)
	case reflect.Slice, reflect.Array:
		return w.list(typ, dir)
	case reflect.Map:
		return w.mapping(typ, dir)
	case reflect.Func:
		return w.function(typ, nil, dir)
	case reflect.Interface:
		if typ.NumMethod() == 0 || typ.Name() == "" {
			return "any"
		}
		return w.use(typ)
	case reflect.Struct:
		if typ.Name() == "" {
			return "any"
		}
		return w.use(typ)
	}
	return "any"
}

func choose(dir direction, input, output string) string {
	if dir == in {
		return input
	}
	return output
}

// pointer shows pointers to structs as the struct: which of them may be nil is
// not a matter of the type. Other pointers are nullable values.
func (w *writer) pointer(typ reflect.Type, dir direction) string {
	elem := w.typescript(typ.Elem(), dir)
	switch typ.Elem().Kind() {
	case reflect.Struct, reflect.Slice, reflect.Map, reflect.Interface:
		return elem
	}
	return elem + " | null"
}

func (w *writer) list(typ reflect.Type, dir direction) string {
	if typ.Name() != "" && reflect.PointerTo(typ).NumMethod() > 0 {
		return choose(dir, w.array(typ, dir)+" | "+w.use(typ), w.use(typ))
	}
	return w.array(typ, dir)
}

func (w *writer) array(typ reflect.Type, dir direction) string {
	if typ.Elem().Kind() == reflect.Uint8 {
		return choose(dir, "string | Array<number>", "Array<number>")
	}
	return "Array<" + w.typescript(typ.Elem(), dir) + ">"
}

func (w *writer) mapping(typ reflect.Type, dir direction) string {
	if typ.Name() != "" && reflect.PointerTo(typ).NumMethod() > 0 {
		named := w.use(typ)
		if dir == in {
			return named + " | { [key: string]: any }"
		}
		return named
	}
	if typ.Key().Kind() != reflect.String {
		return "any"
	}
	return "{ [key: string]: " + w.typescript(typ.Elem(), dir) + " }"
}

// function renders a function type: parameters go the other way than the
// function, a trailing error is thrown.
func (w *writer) function(typ reflect.Type, names []string, dir direction) string {
	return w.parameters(typ, names, !dir) + " => " + w.results(typ, dir)
}

func (w *writer) parameters(typ reflect.Type, names []string, dir direction) string {
	list := make([]string, 0, typ.NumIn())
	used := map[string]bool{}
	for i := range typ.NumIn() {
		name := parameterName(typ, names, i)
		for used[name] {
			name += "_"
		}
		used[name] = true
		if typ.IsVariadic() && i == typ.NumIn()-1 {
			list = append(list, "..."+name+": Array<"+w.typescript(typ.In(i).Elem(), dir)+">")
			continue
		}
		list = append(list, name+": "+w.typescript(typ.In(i), dir))
	}
	return "(" + strings.Join(list, ", ") + ")"
}

var reserved = map[string]bool{
	"break": true, "case": true, "catch": true, "class": true, "const": true, "default": true, "delete": true, "do": true,
	"else": true, "enum": true, "export": true, "extends": true, "false": true, "for": true, "function": true, "if": true,
	"import": true, "in": true, "new": true, "null": true, "return": true, "super": true, "switch": true, "this": true,
	"throw": true, "true": true, "try": true, "typeof": true, "var": true, "void": true, "while": true, "with": true,
	"arguments": true, "await": true, "interface": true, "package": true, "private": true, "protected": true, "public": true,
}

// parameterName returns the name of a parameter; unnamed ones are called after their type.
func parameterName(typ reflect.Type, names []string, i int) string {
	name := ""
	if i < len(names) {
		name = names[i]
	}
	if name == "" || name == "_" {
		named := typ.In(i)
		for named.Kind() == reflect.Pointer || named.Kind() == reflect.Slice {
			named = named.Elem()
		}
		if named.PkgPath() != "" {
			name = lowerFirst(strings.TrimSuffix(baseName(named), "Event"))
		}
	}
	if name == "" || reserved[name] {
		name = "arg" + fmt.Sprint(i)
	}
	return name
}

func lowerFirst(name string) string {
	for i, r := range name {
		return string(unicode.ToLower(r)) + name[i+len(string(r)):]
	}
	return ""
}

func (w *writer) results(typ reflect.Type, dir direction) string {
	var list []string
	for i := range typ.NumOut() {
		if i == typ.NumOut()-1 && typ.Out(i) == errorType {
			break
		}
		list = append(list, w.typescript(typ.Out(i), dir))
	}
	switch {
	case len(list) == 1:
		return list[0]
	case len(list) > 1:
		return "[" + strings.Join(list, ", ") + "]"
	case dir == in:
		return "unknown" // null or an error; anything else fails
	}
	return "void"
}

var typeArguments = regexp.MustCompile(`\[.*\]$`)

// baseName is the name of a type without type arguments.
func baseName(typ reflect.Type) string { return typeArguments.ReplaceAllString(typ.Name(), "") }

// goName is the name of a type with its import path; "" for unnamed ones.
func goName(typ reflect.Type) string {
	if typ.Name() == "" {
		return ""
	}
	return typ.PkgPath() + "." + typ.Name()
}
