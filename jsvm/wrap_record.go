package jsvm

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/core/models"
)

// recordMembers are the methods that handlers call all the time, without
// reflection.
func recordMembers() []*member {
	return []*member{
		{name: "get", arity: 1, call: onRecord(func(env *environment, r *models.Record, call goja.FunctionCall) goja.Value {
			value := r.Get(call.Argument(0).String())
			if list, ok := value.([]string); ok {
				value = slices.Clone(list) // changing the list does not change the record
			}
			return env.toJS(value)
		})},
		{name: "set", arity: 2, call: onRecord(func(env *environment, r *models.Record, call goja.FunctionCall) goja.Value {
			r.Set(call.Argument(0).String(), env.toGo(call.Argument(1)))
			return goja.Undefined()
		})},
		{name: "collection", call: onRecord(func(env *environment, r *models.Record, _ goja.FunctionCall) goja.Value {
			return env.toJS(env.collectionOf(r))
		})},
		{name: "getString", arity: 1, call: onRecord(func(env *environment, r *models.Record, call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(r.GetString(call.Argument(0).String()))
		})},
		{name: "getBool", arity: 1, call: onRecord(func(env *environment, r *models.Record, call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(r.GetBool(call.Argument(0).String()))
		})},
		{name: "getInt", arity: 1, call: onRecord(func(env *environment, r *models.Record, call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(r.GetInt(call.Argument(0).String()))
		})},
		{name: "getFloat", arity: 1, call: onRecord(func(env *environment, r *models.Record, call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(r.GetFloat(call.Argument(0).String()))
		})},
	}
}

// collectionOf returns the collection of a record, the same one for all records
// that share theirs during a call.
func (env *environment) collectionOf(r *models.Record) *models.Collection {
	shared := r.Collection()
	if shared == nil || !models.IsShared(shared) {
		return shared
	}
	own, ok := env.collections[shared]
	if !ok {
		if len(env.collections) >= maxIdentities {
			clear(env.collections)
		}
		own = shared.Clone()
		env.collections[shared] = own
	}
	return own
}

func onRecord(fn func(env *environment, r *models.Record, call goja.FunctionCall) goja.Value) nativeMethod {
	return func(env *environment, recv any, call goja.FunctionCall) goja.Value {
		return fn(env, recv.(*models.Record), call)
	}
}
