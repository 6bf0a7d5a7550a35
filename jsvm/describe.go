package jsvm

import (
	"reflect"
	"slices"

	"github.com/tackleboxdev/tacklebox/core"
)

// Description is a Go value or class that scripts know by a global name. The
// declarations and the reference are generated from descriptions.
type Description struct {
	// Name is the name in scripts: "$os", "Record", …
	Name string
	Doc  string
	// Members are the functions and values of a namespace, by script name.
	Members map[string]any
	// Migrations tells whether migration files see it, too.
	Migrations bool
}

// Namespaces describes the `$name` objects besides $app.
func Namespaces() []Description {
	app := core.New(core.Config{})
	env := newEnvironment(app, Config{}, newModules(nil))
	list := make([]Description, 0, len(namespaces))
	for _, ns := range namespaces {
		list = append(list, Description{Name: ns.Name, Doc: ns.Doc, Members: ns.Bind(env), Migrations: ns.Migrations})
	}
	return list
}

// Classes describes the constructors.
func Classes() []Description {
	list := make([]Description, 0, len(constructors))
	for _, c := range constructors {
		list = append(list, Description{Name: c.Name, Doc: c.Doc, Migrations: c.Migrations})
	}
	return list
}

// MemberInfo is a field or method of a Go type as scripts see it.
type MemberInfo struct {
	// Name is the name in scripts, GoName the one in Go.
	Name, GoName string
	// Type is the type of a field or, without the receiver, of a method. It is
	// nil for members that have no counterpart in Go.
	Type   reflect.Type
	Method bool
}

// MembersOf returns what scripts see of a Go type, which is not a pointer.
func MembersOf(typ reflect.Type) []MemberInfo {
	info := infoOf(typ)
	methods := map[string]reflect.Method{}
	if typ.Kind() == reflect.Interface {
		return interfaceMembers(typ)
	}
	for method := range reflect.PointerTo(typ).Methods() {
		methods[cachedName(method.Name)] = method
	}
	list := make([]MemberInfo, 0, len(info.names))
	for _, name := range info.names {
		m := info.members[name]
		described := MemberInfo{Name: name, Method: m.isMethod()}
		switch method, known := methods[name]; {
		case m.index != nil:
			field := typ.FieldByIndex(m.index)
			described.GoName, described.Type = field.Name, field.Type
		case m.typ != nil:
			described.Type = m.typ
		case known && m.isMethod():
			described.GoName, described.Type = method.Name, withoutReceiver(method.Type)
		}
		list = append(list, described)
	}
	return list
}

func interfaceMembers(typ reflect.Type) []MemberInfo {
	list := []MemberInfo{}
	for method := range typ.Methods() {
		if method.IsExported() {
			list = append(list, MemberInfo{Name: cachedName(method.Name), GoName: method.Name, Type: method.Type, Method: true})
		}
	}
	return list
}

// withoutReceiver returns the type of a method as one of a function.
func withoutReceiver(typ reflect.Type) reflect.Type {
	return reflect.FuncOf(slices.Collect(typ.Ins())[1:], slices.Collect(typ.Outs()), typ.IsVariadic())
}
