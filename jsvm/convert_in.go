package jsvm

import (
	"database/sql"
	"fmt"
	"reflect"
	"strconv"
	"time"

	"github.com/dop251/goja"
)

// wrapper is implemented by everything that stands for a Go value.
type wrapper interface{ goValue() any }

const (
	// maxExportDepth bounds the nesting of data that scripts hand to Go. Deeper
	// data is usually cyclic.
	maxExportDepth = 512
	// maxExportNodes bounds its amount.
	maxExportNodes = 1 << 22
)

var (
	listType = reflect.TypeFor[[]any]()
	mapType  = reflect.TypeFor[map[string]any]()
	// pairsType is what goja makes of a Map.
	pairsType = reflect.TypeFor[[][2]any]()
)

// toGo returns a script value as plain Go data: nil, bool, int64, float64,
// string, time.Time, map[string]any, []any; wrapped Go values come back as they
// went in, at any depth. Data that is too deep or too much is a thrown error.
func (env *environment) toGo(v goja.Value) any {
	if _, ok := v.(*goja.Object); !ok {
		if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
			return nil
		}
		return v.Export()
	}
	// Getters and traps are script code, wherever the value is wanted.
	m := env.machine
	before := m.native.Swap(0)
	defer m.native.Store(before)
	e := exporter{env: env}
	return e.export(v, 0)
}

// exporter turns script data into Go data. goja's own export works on the Go
// stack without a limit and knows nothing of wrappers.
type exporter struct {
	env   *environment
	nodes int
}

func (e *exporter) export(v goja.Value, depth int) any {
	obj, ok := v.(*goja.Object)
	if !ok {
		if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
			return nil
		}
		return v.Export()
	}
	if depth > maxExportDepth {
		panic(e.env.vm.NewTypeError("value is nested too deeply or contains itself"))
	}
	typ := obj.ExportType()
	if isFunction(obj) {
		if fn, ok := e.env.goFuncOf(obj); ok {
			return fn.Interface()
		}
		return obj.Export()
	}
	switch obj.ClassName() {
	case "Array":
		if typ == listType {
			return e.list(obj, depth)
		}
	case "Map", "Set":
		return e.iterable(obj, depth)
	default:
		if typ == mapType {
			if file := e.env.blobOf(obj); file != nil {
				return file
			}
			return e.object(obj, depth)
		}
	}
	value := exported(obj)
	if w, ok := value.(wrapper); ok {
		return w.goValue()
	}
	return value
}

// count keeps the amount of data bounded: shared parts are copied, so a small
// script value can stand for any amount.
func (e *exporter) count(n int) {
	if e.nodes += n; e.nodes > maxExportNodes {
		panic(e.env.vm.NewTypeError("value is too large"))
	}
}

// length returns and counts the elements of a list.
func (e *exporter) length(obj *goja.Object) int {
	length := obj.Get("length").ToInteger()
	e.count(int(min(length, maxExportNodes+1)) + 1)
	return int(length)
}

func (e *exporter) list(obj *goja.Object, depth int) []any {
	list := make([]any, e.length(obj))
	for i := range list {
		list[i] = e.export(obj.Get(strconv.Itoa(i)), depth+1)
	}
	return list
}

func (e *exporter) object(obj *goja.Object, depth int) map[string]any {
	keys := obj.Keys()
	e.count(len(keys) + 1)
	m := make(map[string]any, len(keys))
	for _, key := range keys {
		m[key] = e.export(obj.Get(key), depth+1)
	}
	return m
}

// iterable lists the elements of a set and the pairs of a map.
func (e *exporter) iterable(obj *goja.Object, depth int) []any {
	list := []any{}
	e.env.vm.ForOf(obj, func(v goja.Value) bool {
		e.count(1)
		list = append(list, e.export(v, depth+1))
		return true
	})
	return list
}

// into converts a script value to the type of *target. It reports values that
// have no counterpart in that type.
func (env *environment) into(v goja.Value, target any) error {
	return env.intoValue(v, reflect.ValueOf(target).Elem())
}

// intoValue is into for a settable reflected value.
func (env *environment) intoValue(v goja.Value, dst reflect.Value) error {
	typ := dst.Type()
	if typ == valueType {
		if v == nil {
			v = goja.Undefined()
		}
		dst.Set(reflect.ValueOf(v))
		return nil
	}
	if v == nil || goja.IsUndefined(v) || goja.IsNull(v) {
		dst.SetZero()
		return nil
	}
	obj, isObject := v.(*goja.Object)
	if isObject {
		if done, err := env.objectInto(obj, dst, typ); done {
			return err
		}
	}
	switch typ.Kind() {
	case reflect.String:
		dst.SetString(v.String())
	case reflect.Bool:
		dst.SetBool(v.ToBoolean())
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		dst.SetInt(v.ToInteger())
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		dst.SetUint(uint64(v.ToInteger()))
	case reflect.Float32, reflect.Float64:
		dst.SetFloat(v.ToFloat())
	case reflect.Interface:
		return env.intoInterface(v, dst, typ)
	case reflect.Pointer:
		if dst.IsNil() {
			fresh := reflect.New(typ.Elem())
			if err := env.intoValue(v, fresh.Elem()); err != nil {
				return err
			}
			dst.Set(fresh)
			return nil
		}
		fresh := reflect.New(typ.Elem())
		fresh.Elem().Set(dst.Elem())
		if err := env.intoValue(v, fresh.Elem()); err != nil {
			return err
		}
		dst.Set(fresh)
	default:
		return env.intoContainer(v, obj, dst, typ)
	}
	return nil
}

// objectInto handles objects that stand for Go values, and functions.
func (env *environment) objectInto(obj *goja.Object, dst reflect.Value, typ reflect.Type) (done bool, err error) {
	class := obj.ClassName()
	if isFunction(obj) {
		return env.functionInto(obj, dst, typ)
	}
	if typ.Kind() == reflect.Interface {
		return false, nil
	}
	var value any
	if known := obj.ExportType(); known == nil || known.Kind() == reflect.Map && class == "Object" {
		if typ == fileType {
			if file := env.blobOf(obj); file != nil {
				dst.Set(reflect.ValueOf(file))
				return true, nil
			}
		}
		return false, nil // a plain script object
	}
	if class == "Array" && obj.ExportType() == listType {
		return false, nil
	}
	value = exported(obj)
	if w, ok := value.(wrapper); ok {
		value = w.goValue()
	}
	return assign(reflect.ValueOf(value), dst, typ), nil
}

// assign sets dst to a Go value when it fits: as it is, behind a pointer, as the
// address of a copy, or converted between types of one kind.
func assign(v reflect.Value, dst reflect.Value, typ reflect.Type) bool {
	for v.IsValid() {
		switch {
		case v.Type().AssignableTo(typ):
			dst.Set(v)
			return true
		case v.Kind() == typ.Kind() && v.Type().ConvertibleTo(typ):
			dst.Set(v.Convert(typ))
			return true
		case typ.Kind() == reflect.Pointer && v.Type().AssignableTo(typ.Elem()):
			dst.Set(copied(v))
			return true
		case v.Kind() != reflect.Pointer || v.IsNil():
			return false
		}
		v = v.Elem()
	}
	return false
}

// isFunction reports whether an object is a function. The class of async arrow
// functions is that of plain objects.
func isFunction(obj *goja.Object) bool {
	switch obj.ClassName() {
	case "Function":
		return true
	case "Object":
		typ := obj.ExportType()
		return typ != nil && typ.Kind() == reflect.Func
	}
	return false
}

func (env *environment) functionInto(obj *goja.Object, dst reflect.Value, typ reflect.Type) (bool, error) {
	if typ.Kind() != reflect.Func {
		return false, nil
	}
	if fn, ok := env.goFuncOf(obj); ok && assign(fn, dst, typ) {
		return true, nil
	}
	fn, ok := goja.AssertFunction(obj)
	if !ok {
		return true, fmt.Errorf("could not convert %v to %v", obj, typ)
	}
	if typ == reflect.TypeFor[goja.Callable]() {
		dst.Set(reflect.ValueOf(fn))
		return true, nil
	}
	dst.Set(env.callback(fn, typ))
	return true, nil
}

func (env *environment) intoInterface(v goja.Value, dst reflect.Value, typ reflect.Type) error {
	value := env.toGo(v)
	if typ == errorType {
		if obj, ok := v.(*goja.Object); ok && obj.ClassName() == "Error" {
			if err := env.errorOf(obj); err != nil {
				value = err
			}
		}
	}
	if value == nil {
		dst.SetZero()
		return nil
	}
	rv := reflect.ValueOf(value)
	if rv.Type().AssignableTo(typ) {
		dst.Set(rv)
		return nil
	}
	if ptr := reflect.PointerTo(rv.Type()); ptr.Implements(typ) {
		dst.Set(copied(rv))
		return nil
	}
	return fmt.Errorf("could not convert %v to %v", v, typ)
}

// intoContainer fills structs, slices, arrays and maps from script data.
func (env *environment) intoContainer(v goja.Value, obj *goja.Object, dst reflect.Value, typ reflect.Type) error {
	if typ == timeType {
		if t, ok := exported(v).(time.Time); ok {
			dst.Set(reflect.ValueOf(t))
			return nil
		}
	}
	if text, ok := exported(v).(string); ok && typ.Kind() == reflect.Slice && typ.Elem().Kind() == reflect.Uint8 {
		dst.SetBytes([]byte(text))
		return nil
	}
	if obj == nil || obj.ClassName() == "Date" {
		if scanner, ok := reflect.TypeAssert[sql.Scanner](dst.Addr()); ok {
			return scanner.Scan(exported(v))
		}
		return fmt.Errorf("could not convert %v to %v", v, typ)
	}
	switch typ.Kind() {
	case reflect.Struct:
		return env.intoStruct(obj, dst, infoOf(typ))
	case reflect.Slice:
		if isList(obj) {
			return env.intoSlice(obj, dst, typ)
		}
		if obj.ExportType() == listType { // a Set
			var elements []any
			env.vm.ForOf(obj, func(element goja.Value) bool {
				elements = append(elements, element)
				return true
			})
			return env.intoSlice(env.vm.NewArray(elements...), dst, typ)
		}
	case reflect.Map:
		if typ.Key().Kind() == reflect.String && !isList(obj) && obj.ExportType() != pairsType {
			return env.intoMap(obj, dst, typ)
		}
	}
	return env.vm.ExportTo(v, dst.Addr().Interface())
}

func isList(obj *goja.Object) bool {
	typ := obj.ExportType()
	return obj.ClassName() == "Array" && (typ.Kind() == reflect.Slice || typ == reflect.TypeFor[*sliceObject]())
}

func (env *environment) intoSlice(obj *goja.Object, dst reflect.Value, typ reflect.Type) error {
	n := int(obj.Get("length").ToInteger())
	if n > maxArrayLength {
		return fmt.Errorf("a list of %d elements is too long", n)
	}
	list := reflect.MakeSlice(typ, n, n)
	for i := range n {
		if err := env.intoValue(obj.Get(strconv.Itoa(i)), list.Index(i)); err != nil {
			return err
		}
	}
	dst.Set(list)
	return nil
}

func (env *environment) intoMap(obj *goja.Object, dst reflect.Value, typ reflect.Type) error {
	keys := obj.Keys()
	m := reflect.MakeMapWithSize(typ, len(keys))
	for _, key := range keys {
		elem := reflect.New(typ.Elem()).Elem()
		if err := env.intoValue(obj.Get(key), elem); err != nil {
			return fmt.Errorf("member %s: %w", key, err)
		}
		m.SetMapIndex(reflect.ValueOf(key).Convert(typ.Key()), elem)
	}
	dst.Set(m)
	return nil
}

// intoStruct sets the members that the object has; the others stay.
func (env *environment) intoStruct(obj *goja.Object, dst reflect.Value, info *typeInfo) error {
	fresh := copied(dst).Elem()
	for _, name := range info.names {
		m := info.members[name]
		if m.index == nil {
			continue
		}
		v := obj.Get(name)
		if v == nil || goja.IsUndefined(v) {
			continue
		}
		field, err := fresh.FieldByIndexErr(m.index)
		if err == nil {
			err = env.intoValue(v, field)
		}
		if err != nil {
			return fmt.Errorf("member %s: %w", name, err)
		}
	}
	dst.Set(fresh)
	return nil
}
