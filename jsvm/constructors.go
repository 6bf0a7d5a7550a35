package jsvm

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/dop251/goja"
)

// constructor is one class of scripts. It works with and without `new`.
type constructor struct {
	Name string
	Doc  string // one sentence for the declarations
	// Migrations tells whether migration files see it, too.
	Migrations bool
	// New returns the Go value behind the object, mostly a pointer. Its error
	// is thrown.
	New func(env *environment, args []goja.Value) (any, error)
}

// constructors are all classes that scripts find.
var constructors = slices.Concat(modelConstructors, valueConstructors, errorConstructors, formConstructors)

// class returns the script function of a constructor.
func (env *environment) class(c constructor) func(goja.ConstructorCall) *goja.Object {
	return func(call goja.ConstructorCall) *goja.Object {
		value, err := c.New(env, call.Arguments)
		if err != nil {
			panic(env.vm.NewGoError(err))
		}
		return env.construct(call, value)
	}
}

// decoded returns a constructor function that fills a new T from the JSON form
// of its argument.
func decoded[T any](env *environment, args []goja.Value) (any, error) {
	target := new(T)
	value := env.toGo(optional(args, 0))
	if value == nil {
		return target, nil
	}
	content, err := json.Marshal(value)
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(content, target); err != nil {
		return nil, err
	}
	return target, nil
}

// assigned returns a new T whose members are those of the argument.
func assigned[T any](env *environment, args []goja.Value) (any, error) {
	target := new(T)
	if err := env.read(args, 0, target); err != nil {
		return nil, err
	}
	return target, nil
}

// read converts the argument at i into target, which is left alone when the
// argument is missing, undefined or null.
func (env *environment) read(args []goja.Value, i int, target any) error {
	value := optional(args, i)
	if goja.IsUndefined(value) || goja.IsNull(value) {
		return nil
	}
	if err := env.into(value, target); err != nil {
		return fmt.Errorf("argument %d: %w", i+1, err)
	}
	return nil
}
