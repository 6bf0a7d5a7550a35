package jsvm

import (
	"errors"
	"fmt"
	"reflect"
	"strings"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core/types"
)

// errEmptyShape answers a DynamicModel without members.
var errEmptyShape = errors.New("[DynamicModel] the shape needs at least one member")

// newDynamicModel returns a pointer to a struct with a field for each member of
// shape, in order, filled with the member's value. Columns find their field by
// the "db" tag, scripts and JSON by the "json" tag.
//
// The struct type depends on names and kinds only; reflect keeps one type per
// shape, so models of the same shape fit into one typed slice.
func newDynamicModel(env *environment, shape *goja.Object) (any, error) {
	if shape == nil || len(shape.Keys()) == 0 {
		return nil, errEmptyShape
	}
	names := shape.Keys()
	fields := make([]reflect.StructField, len(names))
	values := make([]reflect.Value, len(names))
	for i, name := range names {
		if strings.ContainsAny(name, "`\"\\,") {
			return nil, fmt.Errorf("[DynamicModel] %q cannot name a member", name)
		}
		values[i] = reflect.ValueOf(modelValue(env, shape.Get(name)))
		fields[i] = reflect.StructField{
			Name: fmt.Sprintf("F%d", i),
			Type: values[i].Type(),
			Tag:  reflect.StructTag(fmt.Sprintf(`db:%q json:%q form:%q`, name, name, name)),
		}
	}
	model := reflect.New(reflect.StructOf(fields))
	for i, v := range values {
		model.Elem().Field(i).Set(v)
	}
	return model.Interface(), nil
}

// modelValue returns the Go value whose type a member of a shape asks for. A
// number with a fraction or a negative zero asks for float64, others for int64.
func modelValue(env *environment, value goja.Value) any {
	if f, ok := exported(value).(float64); ok {
		return f
	}
	switch v := env.toGo(value).(type) {
	case nil:
		return ""
	case map[string]any:
		return types.JsonMap(v)
	case []any:
		return types.JsonArray[any](v)
	default:
		return v
	}
}

// memberName returns the script name of a field. Struct types without a name are
// those of dynamic models, whose members are spelled as the shape has them.
func memberName(owner reflect.Type, field reflect.StructField) string {
	if owner.Name() == "" {
		if tag := field.Tag.Get("json"); tag != "" {
			return tag
		}
	}
	return cachedName(field.Name)
}

// arrayOf returns a pointer to an empty slice of the type of model.
func arrayOf(model any) (any, error) {
	if model == nil {
		return nil, errors.New("[arrayOf] a model is missing")
	}
	return reflect.New(reflect.SliceOf(reflect.TypeOf(model))).Interface(), nil
}
