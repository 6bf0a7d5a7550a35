package jsvm

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"

	"github.com/dop251/goja"
)

// typeInfo is the script view of one Go type: its members by script name. It is
// built once per type and shared by all runtimes.
type typeInfo struct {
	// typ is the type behind the pointer, usually a struct.
	typ     reflect.Type
	members map[string]*member
	// names lists the members as scripts enumerate them: fields, then methods.
	names []string
	// text and json tell how values turn into text and into JSON.
	text textKind
	json bool
	// value tells that Go code passes the type by value (times and the like).
	value bool
}

// member is one field or method.
type member struct {
	name  string
	arity int
	// slot is the index of the bound method in an object's cache.
	slot int
	// index is the path of a field; nil for methods.
	index []int
	// method is the index of a method in the method set of the pointer type.
	method int
	// call replaces the reflective call of a method.
	call nativeMethod
	// typ is the function type of a method that has none in Go, if known.
	typ reflect.Type
	// get and set replace the reflective access of a field.
	get func(env *environment, recv any) goja.Value
	set func(env *environment, recv any, v goja.Value) error
}

// nativeMethod is a method written against the engine instead of reflection.
type nativeMethod func(env *environment, recv any, call goja.FunctionCall) goja.Value

type textKind uint8

const (
	noText textKind = iota
	stringerText
	errorText
)

var (
	errorType     = reflect.TypeFor[error]()
	valueType     = reflect.TypeFor[goja.Value]()
	stringerType  = reflect.TypeFor[fmt.Stringer]()
	marshalerType = reflect.TypeFor[json.Marshaler]()
	valuerType    = reflect.TypeFor[driver.Valuer]()
	timeType      = reflect.TypeFor[time.Time]()
	promiseType   = reflect.TypeFor[*goja.Promise]()
)

var typeInfos sync.Map // reflect.Type → *typeInfo

// infoOf returns the member table of a type that is not a pointer.
func infoOf(typ reflect.Type) *typeInfo {
	if cached, ok := typeInfos.Load(typ); ok {
		return cached.(*typeInfo)
	}
	cached, _ := typeInfos.LoadOrStore(typ, newTypeInfo(typ))
	return cached.(*typeInfo)
}

func newTypeInfo(typ reflect.Type) *typeInfo {
	info := &typeInfo{typ: typ, members: map[string]*member{}}
	if typ.Kind() == reflect.Struct {
		info.addFields(typ, nil)
	}
	info.addMethods()
	pointer := reflect.PointerTo(typ)
	switch {
	case pointer.Implements(errorType):
		info.text = errorText
	case pointer.Implements(stringerType):
		info.text = stringerText
	}
	info.json = pointer.Implements(marshalerType)
	info.value = typ == timeType || typ.Kind() == reflect.Struct && typ.Implements(valuerType) ||
		typ.Kind() == reflect.Map && typ.Implements(errorType) // field errors are looked for as they are
	customise(info)
	return info
}

// addFields adds the exported fields. Those of embedded structs appear both
// flattened, right behind it, and below the name of the struct; outer fields win.
func (info *typeInfo) addFields(typ reflect.Type, path []int) {
	for field := range typ.Fields() {
		index := append(slices.Clone(path), field.Index...)
		if field.IsExported() {
			info.addField(&member{name: memberName(typ, field), index: index})
		}
		if !field.Anonymous {
			continue
		}
		inner := field.Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		if inner.Kind() == reflect.Struct && inner != info.typ {
			info.addFields(inner, index)
		}
	}
}

func (info *typeInfo) addField(m *member) {
	if taken, ok := info.members[m.name]; ok && len(taken.index) <= len(m.index) {
		return
	}
	info.replace(m)
}

func (info *typeInfo) addMethods() {
	pointer := reflect.PointerTo(info.typ)
	for method := range pointer.Methods() {
		arity := method.Type.NumIn() - 1
		info.add(&member{name: cachedName(method.Name), method: method.Index, arity: arity})
	}
}

func (info *typeInfo) add(m *member) {
	if _, taken := info.members[m.name]; taken {
		return
	}
	m.slot = len(info.names)
	info.members[m.name] = m
	info.names = append(info.names, m.name)
}

// replace sets or overrides a member, keeping its place when it exists.
func (info *typeInfo) replace(m *member) {
	if old, ok := info.members[m.name]; ok {
		m.slot = old.slot
		info.members[m.name] = m
		return
	}
	info.add(m)
}

// only hides every member that is not listed and orders the rest as listed.
func (info *typeInfo) only(names []string) {
	kept := make(map[string]*member, len(names))
	order := make([]string, 0, len(names))
	for _, name := range names {
		if m, ok := info.members[name]; ok {
			m.slot = len(order)
			kept[name] = m
			order = append(order, name)
		}
	}
	info.members, info.names = kept, order
}

func (m *member) isMethod() bool { return m.index == nil && m.get == nil }
