package jsvm

import (
	"encoding/json"
	"reflect"

	"github.com/dop251/goja"
)

// sliceObject is the script view of a Go slice whose elements are wrapped. It
// is live: changes of a slice that is a struct field change the field.
type sliceObject struct {
	env *environment
	// slice is addressable.
	slice reflect.Value
	// pointer tells that Go code gets the pointer to the slice, so that it can
	// fill it (arrayOf).
	pointer bool
}

var _ goja.DynamicArray = (*sliceObject)(nil)

// sliceObject wraps an addressable slice.
func (env *environment) sliceObject(slice reflect.Value, pointer bool) *goja.Object {
	return env.vm.NewDynamicArray(&sliceObject{env: env, slice: slice, pointer: pointer})
}

// Len implements goja.DynamicArray.
func (s *sliceObject) Len() int { return s.slice.Len() }

// Get implements goja.DynamicArray.
func (s *sliceObject) Get(i int) goja.Value {
	if i < 0 || i >= s.slice.Len() {
		return goja.Undefined()
	}
	return s.env.fieldToJS(s.slice.Index(i))
}

// Set implements goja.DynamicArray.
func (s *sliceObject) Set(i int, v goja.Value) bool {
	if i < 0 {
		return false
	}
	elem := reflect.New(s.slice.Type().Elem()).Elem()
	if err := s.env.intoValue(v, elem); err != nil {
		panic(s.env.vm.NewTypeError("could not set element %d: %v", i, err))
	}
	if i >= s.slice.Len() {
		s.SetLen(i + 1)
	}
	s.slice.Index(i).Set(elem)
	return true
}

// SetLen implements goja.DynamicArray.
func (s *sliceObject) SetLen(n int) bool {
	switch old := s.slice.Len(); {
	case n < old:
		for i := n; i < old; i++ {
			s.slice.Index(i).SetZero()
		}
		s.slice.SetLen(n)
	case n > maxArrayLength:
		panic(s.env.vm.NewTypeError("array of %d elements is too long", n))
	case n > old:
		s.slice.Grow(n - old)
		s.slice.SetLen(n)
		for i := old; i < n; i++ {
			s.slice.Index(i).SetZero()
		}
	}
	return true
}

// MarshalJSON implements json.Marshaler for slices inside exported data.
func (s *sliceObject) MarshalJSON() ([]byte, error) { return json.Marshal(s.slice.Interface()) }

func (s *sliceObject) goValue() any {
	if s.pointer {
		return s.slice.Addr().Interface()
	}
	return s.slice.Interface()
}
