package jsvm

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/dop251/goja"
)

// mapObject is the script view of a Go map with text keys. Keys are enumerated
// in sorted order, followed by those that a script added.
type mapObject struct {
	env   *environment
	value reflect.Value
	order *mapOrder
}

// mapOrder is the enumeration order of a map as of the last look. All script
// objects of a map share it during a call.
type mapOrder struct{ names []string }

var _ goja.DynamicObject = (*mapObject)(nil)

func (env *environment) mapObject(m reflect.Value) *goja.Object {
	order, ok := env.orders[m.UnsafePointer()]
	if !ok {
		if len(env.orders) >= maxIdentities {
			clear(env.orders)
		}
		order = &mapOrder{}
		env.orders[m.UnsafePointer()] = order
	}
	return env.vm.NewDynamicObject(&mapObject{env: env, value: m, order: order})
}

func (o *mapObject) key(name string) reflect.Value {
	return reflect.ValueOf(name).Convert(o.value.Type().Key())
}

// Get implements goja.DynamicObject.
func (o *mapObject) Get(key string) goja.Value {
	v := o.value.MapIndex(o.key(key))
	if !v.IsValid() {
		return nil
	}
	return o.env.valueToJS(v)
}

// Set implements goja.DynamicObject.
func (o *mapObject) Set(key string, v goja.Value) bool {
	elem := reflect.New(o.value.Type().Elem()).Elem()
	if err := o.env.intoValue(v, elem); err != nil {
		panic(o.env.vm.NewTypeError("could not set %s: %v", key, err))
	}
	if o.value.IsNil() {
		o.value.Set(reflect.MakeMap(o.value.Type()))
	}
	o.env.checkAcyclic(o.value, elem)
	o.Keys() // fixes the order of what is there, so that the new key comes last
	o.value.SetMapIndex(o.key(key), elem)
	return true
}

// Has implements goja.DynamicObject.
func (o *mapObject) Has(key string) bool { return o.value.MapIndex(o.key(key)).IsValid() }

// Delete implements goja.DynamicObject.
func (o *mapObject) Delete(key string) bool {
	o.value.SetMapIndex(o.key(key), reflect.Value{})
	return true
}

// Keys implements goja.DynamicObject.
func (o *mapObject) Keys() []string {
	known := make(map[string]bool, len(o.order.names))
	kept := o.order.names[:0]
	for _, name := range o.order.names {
		if o.Has(name) {
			known[name] = true
			kept = append(kept, name)
		}
	}
	first := len(kept)
	for _, key := range o.value.MapKeys() {
		if name := key.String(); !known[name] {
			kept = append(kept, name)
		}
	}
	slices.Sort(kept[first:])
	o.order.names = kept
	return slices.Clone(kept)
}

// MarshalJSON implements json.Marshaler for maps inside exported data.
func (o *mapObject) MarshalJSON() ([]byte, error) { return json.Marshal(o.value.Interface()) }

func (o *mapObject) goValue() any { return o.value.Interface() }
