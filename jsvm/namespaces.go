package jsvm

import (
	"maps"
	"reflect"
	"slices"

	"github.com/dop251/goja"
)

// members are what a script object holds, by script name. Go functions become
// script functions, everything else is converted like any Go value.
type members map[string]any

// namespace is one `$name` object of scripts.
type namespace struct {
	Name string // with the dollar sign
	Doc  string // one sentence for the declarations
	// Migrations tells whether migration files see it, too.
	Migrations bool
	// Bind returns the members for one runtime.
	Bind func(env *environment) members
}

// namespaces are all `$name` objects but `$app`.
var namespaces = []namespace{
	apisNamespace,
	dbxNamespace,
	filepathNamespace,
	filesystemNamespace,
	httpNamespace,
	mailsNamespace,
	osNamespace,
	securityNamespace,
	templateNamespace,
	tokensNamespace,
}

// object makes a script object of members, in the order of their names.
func (env *environment) object(m members) (*goja.Object, error) {
	obj := env.vm.NewObject()
	for _, name := range slices.Sorted(maps.Keys(m)) {
		if err := obj.Set(name, env.member(name, m[name])); err != nil {
			return nil, err
		}
	}
	return obj, nil
}

// member returns the script value of a member; functions get its name.
func (env *environment) member(name string, value any) goja.Value {
	if reflect.ValueOf(value).Kind() == reflect.Func {
		return env.function(name, value)
	}
	return env.toJS(value)
}
