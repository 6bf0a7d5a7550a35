package jsvm

import (
	"reflect"
	"unsafe"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core/types"
)

// checkAcyclic refuses to put a value into a Go map or slice that is itself part
// of the value: Go code that follows such data would never come back, or end the
// process by running out of stack.
func (env *environment) checkAcyclic(container, value reflect.Value) {
	if !mayContain(value) {
		return
	}
	s := containerSearch{target: spanOf(container), seen: map[unsafe.Pointer]bool{}}
	if s.finds(value, 0) {
		panic(env.vm.NewTypeError("a value cannot contain itself"))
	}
}

// mayContain reports whether there can be a map or a slice inside of a value.
func mayContain(v reflect.Value) bool {
	for v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		v = v.Elem()
	}
	switch v.Kind() {
	case reflect.Map, reflect.Slice, reflect.Array:
		return !isPlainElement(v.Type().Elem())
	}
	return false
}

// span is the memory of a container: the address of a map, the elements of a
// slice.
type span struct{ start, end uintptr }

func spanOf(v reflect.Value) span {
	start := v.Pointer()
	if v.Kind() == reflect.Slice {
		return span{start, start + uintptr(v.Cap())*v.Type().Elem().Size()}
	}
	return span{start, start}
}

func (s span) holds(v reflect.Value) bool {
	other := spanOf(v)
	if v.Kind() == reflect.Map {
		return other == s
	}
	return other.start < s.end && s.start < other.end
}

// containerSearch looks for a container in a value.
type containerSearch struct {
	target span
	seen   map[unsafe.Pointer]bool
}

func (s *containerSearch) finds(v reflect.Value, depth int) bool {
	switch v.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice:
		if v.IsNil() {
			return false
		}
	case reflect.Array:
	default:
		return false
	}
	if depth > 2*maxExportDepth {
		return true // as good as endless
	}
	if v.Kind() == reflect.Interface || v.Kind() == reflect.Pointer {
		return s.finds(v.Elem(), depth+1)
	}
	if v.Kind() != reflect.Array {
		if s.target.holds(v) {
			return true
		}
		if s.seen[v.UnsafePointer()] {
			return false
		}
		s.seen[v.UnsafePointer()] = true
	}
	return !isPlainElement(v.Type().Elem()) && s.inElements(v, depth+1)
}

func (s *containerSearch) inElements(v reflect.Value, depth int) bool {
	if v.Kind() == reflect.Map {
		for entries := v.MapRange(); entries.Next(); {
			if s.finds(entries.Value(), depth) {
				return true
			}
		}
		return false
	}
	for i := range v.Len() {
		if s.finds(v.Index(i), depth) {
			return true
		}
	}
	return false
}

// jsonMapMembers checks what is put into a map by its method.
func jsonMapMembers() []*member {
	return []*member{{name: "set", arity: 2, call: func(env *environment, recv any, call goja.FunctionCall) goja.Value {
		m := recv.(*types.JsonMap)
		value := env.toGo(call.Argument(1))
		if value != nil {
			env.checkAcyclic(reflect.ValueOf(*m), reflect.ValueOf(value))
		}
		m.Set(call.Argument(0).String(), value)
		return goja.Undefined()
	}}}
}
