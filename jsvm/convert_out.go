package jsvm

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core/models"
)

// toJS returns what scripts see of a Go value: plain values as they are, nil as
// null, pointers to structs, maps and slices as live objects, functions as
// functions.
func (env *environment) toJS(v any) goja.Value {
	switch v := v.(type) {
	case nil:
		return goja.Null()
	case goja.Value:
		return v
	case string, bool, int, int64, float64,
		func(goja.FunctionCall) goja.Value, func(goja.ConstructorCall) *goja.Object:
		return env.vm.ToValue(v)
	}
	return env.valueToJS(reflect.ValueOf(v))
}

// valueToJS is toJS for a reflected value that need not be addressable.
func (env *environment) valueToJS(v reflect.Value) goja.Value {
	switch v.Kind() {
	case reflect.Invalid:
		return goja.Null()
	case reflect.Interface:
		if v.IsNil() {
			return goja.Null()
		}
		return env.toJS(v.Interface())
	case reflect.Pointer:
		return env.pointerToJS(v)
	case reflect.Struct:
		if _, ok := reflect.TypeAssert[goja.Value](v); ok {
			return v.Interface().(goja.Value)
		}
		return env.goObject(copied(v), infoOf(v.Type()))
	case reflect.Map:
		return env.mapToJS(v)
	case reflect.Slice:
		if isPlainElement(v.Type().Elem()) {
			return env.vm.ToValue(v.Interface())
		}
		return env.sliceObject(copied(v).Elem(), false)
	case reflect.Func:
		return env.funcToJS(v)
	default:
		return env.vm.ToValue(v.Interface())
	}
}

// fieldToJS is toJS for an addressable field or element: containers stay live.
func (env *environment) fieldToJS(v reflect.Value) goja.Value {
	switch v.Kind() {
	case reflect.Struct:
		return env.goObject(v.Addr(), infoOf(v.Type()))
	case reflect.Slice:
		if isPlainElement(v.Type().Elem()) {
			return env.vm.ToValue(v.Addr().Interface())
		}
		return env.sliceObject(v, false)
	case reflect.Map:
		return env.mapFieldToJS(v)
	case reflect.String:
		if v.Type().NumMethod() == 0 {
			return env.vm.ToValue(v.String())
		}
	case reflect.Pointer:
		// Later handlers have to see what this one changes.
		if own, ok := ownCollection(v); ok && v.CanSet() {
			v.Set(own)
		}
	}
	return env.valueToJS(v)
}

// ownCollection returns a clone of a collection that a cache holds. A script
// may change what it gets, but nobody else's copy.
func ownCollection(v reflect.Value) (own reflect.Value, ok bool) {
	if c, ok := reflect.TypeAssert[*models.Collection](v); ok && c != nil && models.IsShared(c) {
		return reflect.ValueOf(c.Clone()), true
	}
	return v, false
}

func (env *environment) pointerToJS(v reflect.Value) goja.Value {
	if v.IsNil() {
		return goja.Null()
	}
	if known, ok := reflect.TypeAssert[goja.Value](v); ok {
		return known
	}
	elem := v.Elem()
	switch elem.Kind() {
	case reflect.Struct:
		if v.Interface() == any(env.app) && env.gen != nil {
			return env.appObject()
		}
		v, _ = ownCollection(v)
		return env.goObject(v, infoOf(elem.Type()))
	case reflect.Slice:
		if isPlainElement(elem.Type().Elem()) {
			return env.vm.ToValue(v.Interface())
		}
		return env.sliceObject(elem, true)
	default:
		return env.valueToJS(elem)
	}
}

// mapToJS shows the keys of maps, and only the methods of maps that have some,
// such as headers.
func (env *environment) mapToJS(v reflect.Value) goja.Value {
	typ := v.Type()
	if reflect.PointerTo(typ).NumMethod() > 0 {
		return env.goObject(copied(v), infoOf(typ))
	}
	if v.IsNil() {
		return goja.Null()
	}
	if typ.Key().Kind() != reflect.String {
		return env.vm.ToValue(v.Interface())
	}
	return env.mapObject(v)
}

// mapFieldToJS is mapToJS for a field. A map that is not there yet is made when
// something is set; only plain data is null, as in v0.22.
func (env *environment) mapFieldToJS(v reflect.Value) goja.Value {
	typ := v.Type()
	switch {
	case reflect.PointerTo(typ).NumMethod() > 0:
		return env.goObject(v.Addr(), infoOf(typ))
	case v.IsNil() && typ != mapType && typ.Key().Kind() == reflect.String:
		return env.vm.NewDynamicObject(&mapObject{env: env, value: v, order: &mapOrder{}})
	}
	return env.mapToJS(v)
}

// copied returns a pointer to a copy of a value.
func copied(v reflect.Value) reflect.Value {
	ptr := reflect.New(v.Type())
	ptr.Elem().Set(v)
	return ptr
}

// isPlainElement reports whether slices of the type are served by goja itself:
// their elements are never wrapped.
func isPlainElement(typ reflect.Type) bool {
	switch typ.Kind() {
	case reflect.Struct, reflect.Pointer, reflect.Interface, reflect.Map, reflect.Slice, reflect.Func, reflect.Array:
		return false
	}
	return true
}

// jsonValue returns the script value of the JSON form of a Go value.
func (env *environment) jsonValue(v any) goja.Value {
	raw, err := json.Marshal(v)
	if err != nil {
		env.throwGo(fmt.Errorf("encode as JSON: %w", err))
	}
	parsed, err := env.jsonParse()(goja.Undefined(), env.vm.ToValue(string(raw)))
	if err != nil {
		panic(err)
	}
	return parsed
}

// native makes a script function with a name and an arity.
func (env *environment) native(name string, arity int, fn func(goja.FunctionCall) goja.Value) *goja.Object {
	obj := env.vm.ToValue(fn).(*goja.Object)
	_ = obj.DefineDataProperty("name", env.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = obj.DefineDataProperty("length", env.vm.ToValue(arity), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return obj
}

// function makes a script function of a Go one. Arguments are converted, missing
// ones are zero values, a trailing error is thrown, several results become an
// array. Handed back to Go it is the same Go function again.
func (env *environment) function(name string, fn any) goja.Value {
	v := reflect.ValueOf(fn)
	typ := v.Type()
	obj := env.native(name, typ.NumIn(), func(call goja.FunctionCall) goja.Value {
		return env.callGo(v, typ, call.Arguments)
	})
	_ = obj.SetSymbol(env.symbols.goFunc, env.vm.NewDynamicObject(&funcHolder{fn: v}))
	return obj
}

func (env *environment) funcToJS(v reflect.Value) goja.Value {
	if v.IsNil() {
		return goja.Null()
	}
	switch fn := v.Interface().(type) {
	case func(goja.FunctionCall) goja.Value:
		return env.vm.ToValue(fn)
	case func(goja.ConstructorCall) *goja.Object:
		return env.vm.ToValue(fn)
	}
	return env.function("", v.Interface())
}

// funcHolder carries the Go function behind a script function.
type funcHolder struct {
	fn reflect.Value
}

func (*funcHolder) Get(string) goja.Value       { return nil }
func (*funcHolder) Set(string, goja.Value) bool { return false }
func (*funcHolder) Has(string) bool             { return false }
func (*funcHolder) Delete(string) bool          { return false }
func (*funcHolder) Keys() []string              { return nil }

// goFuncOf returns the Go function that a script function was made of.
func (env *environment) goFuncOf(obj *goja.Object) (reflect.Value, bool) {
	carried, ok := obj.GetSymbol(env.symbols.goFunc).(*goja.Object)
	if !ok {
		return reflect.Value{}, false
	}
	holder, ok := carried.Export().(*funcHolder)
	if !ok {
		return reflect.Value{}, false
	}
	return holder.fn, true
}
