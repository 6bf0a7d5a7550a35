package jsvm

import (
	"encoding/json"
	"fmt"
	"reflect"
	"unsafe"

	"github.com/dop251/goja"
)

// object is the script view of a Go pointer: its fields are live, its methods
// are functions that stay bound when they are kept in a variable.
type object struct {
	env  *environment
	info *typeInfo
	// ptr is the pointer, value the same as an interface.
	ptr   reflect.Value
	value any
	// self is the script object, methods the functions of its type.
	self    *goja.Object
	methods *methodTable
	// text and asJSON are the functions behind toString and toJSON.
	text, asJSON goja.Value
}

var _ goja.DynamicObject = (*object)(nil)

// identity names a Go pointer of a type: a struct and its first field share
// their address.
type identity struct {
	info *typeInfo
	ptr  unsafe.Pointer
}

// maxIdentities bounds the objects that are kept alive for their identity.
const maxIdentities = 512

// goObject returns the script object of a non-nil pointer, the same one every
// time within a call.
func (env *environment) goObject(ptr reflect.Value, info *typeInfo) *goja.Object {
	key := identity{info, ptr.UnsafePointer()}
	if known, ok := env.wrapped[key]; ok {
		return known
	}
	value := ptr.Interface()
	// ptr may be a slot that gets another pointer later, such as an element.
	o := &object{env: env, info: info, ptr: reflect.ValueOf(value), value: value, methods: env.methodsOf(info)}
	o.self = env.vm.NewDynamicObject(o)
	if len(env.wrapped) >= maxIdentities {
		clear(env.wrapped)
	}
	env.wrapped[key] = o.self
	return o.self
}

// detach gives the script object of a struct that is about to be overwritten a
// copy of its own: what a script took from a list or a field stays what it was.
func (env *environment) detach(slot reflect.Value) {
	if slot.Kind() != reflect.Struct {
		return
	}
	info := infoOf(slot.Type())
	key := identity{info, slot.Addr().UnsafePointer()}
	known, ok := env.wrapped[key]
	if !ok {
		return
	}
	delete(env.wrapped, key)
	if o, ok := known.Export().(*object); ok {
		o.ptr = copied(slot)
		o.value = o.ptr.Interface()
		env.wrapped[identity{info, o.ptr.UnsafePointer()}] = known
	}
}

// Get implements goja.DynamicObject.
func (o *object) Get(key string) goja.Value {
	m, ok := o.info.members[key]
	if !ok {
		return o.special(key)
	}
	if m.get != nil {
		return m.get(o.env, o.value)
	}
	if m.index == nil {
		return o.methods.fetch(o, m)
	}
	field, err := o.ptr.Elem().FieldByIndexErr(m.index)
	if err != nil {
		return goja.Null() // inside an embedded nil pointer
	}
	return o.env.fieldToJS(field)
}

// special answers names that are not members but give the object its text and
// JSON form. Everything else is left to the prototype.
func (o *object) special(key string) goja.Value {
	switch key {
	case "toString":
		if o.info.text == noText {
			return nil
		}
		if o.text == nil {
			o.text = o.env.native("toString", 0, func(goja.FunctionCall) goja.Value {
				return o.env.vm.ToValue(o.String())
			})
		}
		return o.text
	case "toJSON":
		if !o.info.json {
			return nil
		}
		if o.asJSON == nil {
			o.asJSON = o.env.native("toJSON", 0, func(goja.FunctionCall) goja.Value {
				return o.env.jsonValue(o.value)
			})
		}
		return o.asJSON
	}
	return nil
}

// String returns the text form of the Go value.
func (o *object) String() string {
	switch v := o.value.(type) {
	case error:
		return v.Error()
	case fmt.Stringer:
		return v.String()
	}
	return "[object Object]"
}

// MarshalJSON implements json.Marshaler for objects inside exported data.
func (o *object) MarshalJSON() ([]byte, error) { return json.Marshal(o.value) }

// Set implements goja.DynamicObject. Methods and unknown names are refused,
// which is a TypeError in strict code.
func (o *object) Set(key string, v goja.Value) bool {
	m, ok := o.info.members[key]
	if !ok || m.isMethod() {
		return false
	}
	var err error
	if m.get != nil {
		if m.set == nil {
			return false
		}
		err = m.set(o.env, o.value, v)
	} else {
		var field reflect.Value
		if field, err = o.ptr.Elem().FieldByIndexErr(m.index); err == nil {
			err = o.env.assignTo(field, v)
		}
	}
	if err != nil {
		panic(o.env.vm.NewTypeError("could not set %s: %v", key, err))
	}
	return true
}

// assignTo gives a field or an element that scripts may have seen a new value.
func (env *environment) assignTo(slot reflect.Value, v goja.Value) error {
	if slot.Kind() != reflect.Struct {
		return env.intoValue(v, slot)
	}
	elem := copied(slot).Elem()
	if err := env.intoValue(v, elem); err != nil {
		return err
	}
	env.detach(slot)
	slot.Set(elem)
	return nil
}

// Has implements goja.DynamicObject.
func (o *object) Has(key string) bool {
	_, ok := o.info.members[key]
	return ok
}

// Delete implements goja.DynamicObject; members cannot be deleted.
func (o *object) Delete(key string) bool { return !o.Has(key) }

// Keys implements goja.DynamicObject.
func (o *object) Keys() []string { return o.info.names }

// goValue returns what Go code gets for the object.
func (o *object) goValue() any {
	if o.info.value {
		return o.ptr.Elem().Interface()
	}
	return o.value
}
