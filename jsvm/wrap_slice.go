package jsvm

import (
	"encoding/json"
	"reflect"

	"github.com/dop251/goja"
	"github.com/labstack/echo/v5"
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
	obj := env.vm.NewDynamicArray(&sliceObject{env: env, slice: slice, pointer: pointer})
	if prototype := env.slicePrototype(slice); prototype != nil {
		_ = obj.SetPrototype(prototype)
	}
	return obj
}

// slicePrototype holds the methods of a slice type besides those of arrays. It
// is nil for types without methods.
func (env *environment) slicePrototype(slice reflect.Value) *goja.Object {
	typ := slice.Type()
	if reflect.PointerTo(typ).NumMethod() == 0 {
		return nil
	}
	prototype := env.vm.CreateObject(env.prototype("Array"))
	ptr := slice.Addr()
	for method := range ptr.Type().Methods() {
		fn := ptr.Method(method.Index)
		name := cachedName(method.Name)
		if name == "string" {
			_ = prototype.Set("toString", env.native("toString", 0, func(goja.FunctionCall) goja.Value {
				return env.callGo(fn, fn.Type(), nil)
			}))
		}
		_ = prototype.Set(name, env.native(name, fn.Type().NumIn(), func(call goja.FunctionCall) goja.Value {
			return env.callGo(fn, fn.Type(), call.Arguments)
		}))
	}
	if values, ok := reflect.TypeAssert[*echo.PathValues](ptr); ok {
		_ = prototype.Set("get", env.function("get", values.GetOr))
	}
	return prototype
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
	if s.slice.Cap() > 0 {
		s.env.checkAcyclic(s.slice, elem)
	}
	if i >= s.slice.Len() {
		s.SetLen(i + 1)
	}
	s.env.detach(s.slice.Index(i))
	s.slice.Index(i).Set(elem)
	return true
}

// SetLen implements goja.DynamicArray.
func (s *sliceObject) SetLen(n int) bool {
	switch old := s.slice.Len(); {
	case n < old:
		for i := n; i < old; i++ {
			s.env.detach(s.slice.Index(i))
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
