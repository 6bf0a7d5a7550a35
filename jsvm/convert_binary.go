package jsvm

import (
	"reflect"

	"github.com/dop251/goja"
)

// exported is Export, except for empty typed arrays: the engine makes slices of
// them that may begin behind the last byte of their buffer, and the collector
// takes such a pointer for one into other memory.
func exported(v goja.Value) any {
	if obj, ok := v.(*goja.Object); ok && obj.ClassName() == "Object" {
		typ := obj.ExportType()
		isArray := typ != nil && typ.Kind() == reflect.Slice && typ.Elem().Kind() >= reflect.Int && typ.Elem().Kind() <= reflect.Float64
		if isArray && obj.Get("0") == nil { // an index is asked for, which scripts cannot replace
			return reflect.MakeSlice(typ, 0, 0).Interface()
		}
	}
	return v.Export()
}

// binaryOf returns the bytes of a buffer or of a view of one, nil for other
// values. They are those of the script, not a copy.
func binaryOf(v goja.Value) []byte {
	switch data := exported(v).(type) {
	case []byte:
		return data
	case goja.ArrayBuffer:
		return data.Bytes()
	}
	return nil
}
