package main

import (
	"bytes"
	"fmt"
	"maps"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/tackleboxdev/tacklebox/jsvm"
)

// writer collects the Go types that scripts can reach.
type writer struct {
	sources *sources
	// spaces are the TypeScript namespaces by import path.
	spaces map[string]string
	taken  map[string]string // namespace → import path
	seen   map[reflect.Type]bool
	queue  []reflect.Type
	// declared holds the finished declarations by namespace and name.
	declared map[string]map[string]string
}

// validationPackage has a path that does not end with its name.
const validationPackage = "github.com/pocketbase/ozzo-validation/v4"

func newWriter(s *sources) *writer {
	return &writer{
		sources: s,
		spaces:  map[string]string{validationPackage: "validation"}, taken: map[string]string{"validation": validationPackage},
		seen: map[reflect.Type]bool{}, declared: map[string]map[string]string{},
	}
}

// declarations returns the whole text.
func (w *writer) declarations() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("// Declarations of everything that scripts see. Generated from the Go sources; DO NOT EDIT.\n\n")
	b.WriteString(prelude)
	for _, g := range globals {
		fmt.Fprintf(&b, "\n%sdeclare %s;\n", comment("", g.doc), g.declaration())
	}
	b.WriteString(webTypes)
	b.WriteString(testTypes)
	b.WriteString(w.events())
	if err := w.classes(&b); err != nil {
		return nil, err
	}
	w.namespaces(&b)
	w.drain()
	for _, space := range slices.Sorted(maps.Keys(w.declared)) {
		fmt.Fprintf(&b, "\ndeclare namespace %s {\n", space)
		for _, name := range slices.Sorted(maps.Keys(w.declared[space])) {
			b.WriteString(w.declared[space][name])
		}
		b.WriteString("}\n")
	}
	return b.Bytes(), nil
}

// space returns the namespace of a package: its name, or a longer one when
// another package has the name.
func (w *writer) space(importPath string) string {
	if known, ok := w.spaces[importPath]; ok {
		return known
	}
	name := path.Base(importPath)
	if version.MatchString(name) {
		name = path.Base(path.Dir(importPath))
	}
	name = strings.NewReplacer("-", "_", ".", "_").Replace(name)
	if owner, ok := w.taken[name]; ok && owner != importPath {
		name = strings.NewReplacer("-", "_", ".", "_", "/", "_").Replace(path.Base(path.Dir(importPath))) + "_" + name
	}
	w.spaces[importPath], w.taken[name] = name, importPath
	return name
}

var version = regexp.MustCompile(`^v\d+$`)

// use returns the TypeScript name of a named Go type and queues its declaration.
func (w *writer) use(typ reflect.Type) string {
	if !w.seen[typ] {
		w.seen[typ] = true
		w.queue = append(w.queue, typ)
	}
	name := w.space(typ.PkgPath()) + "." + baseName(typ)
	if strings.Contains(typ.Name(), "[") {
		return name + w.arguments(typ)
	}
	return name
}

// arguments returns the type arguments of the generic types that scripts meet.
func (w *writer) arguments(typ reflect.Type) string {
	switch {
	case baseName(typ) == "Hook":
		trigger, _ := reflect.PointerTo(typ).MethodByName("Trigger")
		return "<" + w.typescript(trigger.Type.In(1), out) + ">"
	case typ.Kind() == reflect.Slice:
		return "<" + w.typescript(typ.Elem(), out) + ">"
	}
	return ""
}

// drain declares types until there are no new ones.
func (w *writer) drain() {
	for len(w.queue) > 0 {
		typ := w.queue[0]
		w.queue = w.queue[1:]
		w.declare(typ)
	}
}

// arrayMethods are members of arrays that a Go list may have, too.
var arrayMethods = map[string]bool{"reverse": true, "filter": true, "sort": true, "find": true, "map": true}

func (w *writer) declare(typ reflect.Type) {
	space, name := w.space(typ.PkgPath()), baseName(typ)
	if generic[space+"."+name] {
		return // by hand, in the prelude
	}
	if w.declared[space] == nil {
		w.declared[space] = map[string]string{}
	}
	var b bytes.Buffer
	b.WriteString(comment("  ", w.sources.doc(typ.PkgPath(), name)))
	parent := ""
	if typ.Kind() == reflect.Slice {
		parent = " extends Array<" + w.typescript(typ.Elem(), out) + ">"
	}
	fmt.Fprintf(&b, "  interface %s%s%s {\n", name, parameters[space+"."+name], parent)
	for _, m := range jsvm.MembersOf(typ) {
		if parent != "" && arrayMethods[m.Name] {
			continue // TypeScript only knows one of them
		}
		if text := w.member(typ, space+"."+name, m); text != "" {
			b.WriteString(text)
		}
	}
	b.WriteString("  }\n")
	w.declared[space][name] = b.String()
}

// member renders one line, or the lines of an override.
func (w *writer) member(typ reflect.Type, owner string, m jsvm.MemberInfo) string {
	doc := comment("    ", w.memberDoc(typ, m.GoName))
	if text, ok := overrides[owner+"."+m.Name]; ok {
		return doc + "    " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n    ") + "\n"
	}
	if m.Type == nil {
		return doc + "    " + m.Name + ": any;\n"
	}
	if m.Method {
		return doc + "    " + m.Name + w.signature(m.Type, w.names(typ, m.GoName)) + ";\n"
	}
	suffix := ""
	if nullable[owner+"."+m.Name] {
		suffix = " | null"
	}
	return doc + "    " + m.Name + ": " + w.typescript(m.Type, out) + suffix + ";\n"
}

// signature renders the parameters and results of a function that scripts call.
func (w *writer) signature(typ reflect.Type, names []string) string {
	return w.parameters(typ, names, in) + ": " + w.results(typ, out)
}

// memberDoc returns the comment of a member, also of embedded structs.
func (w *writer) memberDoc(typ reflect.Type, name string) string {
	doc := ""
	w.search(typ, name, func(pkg, key string) bool {
		doc = w.sources.doc(pkg, key)
		return doc != ""
	})
	return doc
}

func (w *writer) names(typ reflect.Type, method string) []string {
	var names []string
	w.search(typ, method, func(pkg, key string) bool {
		found, ok := w.sources.of(pkg).params[key]
		names = found
		return ok
	})
	return names
}

// search looks for a member in a type and then in those it embeds.
func (w *writer) search(typ reflect.Type, member string, found func(pkg, key string) bool) bool {
	if member == "" {
		return false
	}
	if typ.Kind() == reflect.Pointer {
		typ = typ.Elem()
	}
	if found(typ.PkgPath(), baseName(typ)+"."+member) {
		return true
	}
	if typ.Kind() != reflect.Struct {
		return false
	}
	for field := range typ.Fields() {
		if field.Anonymous && w.search(field.Type, member, found) {
			return true
		}
	}
	return false
}
