package jsvm

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unicode"

	"github.com/dop251/goja"
	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
)

// hasProperties reports whether a text may hold regular expressions with classes
// of Unicode properties, which the engine takes for letters.
func hasProperties(text string) bool {
	return strings.Contains(text, `\p{`) || strings.Contains(text, `\P{`)
}

// expandRegExps spells out the Unicode properties in the regular expressions of
// a script.
func expandRegExps(program *ast.Program, text string) {
	if hasProperties(text) {
		visitRegExps(reflect.ValueOf(program.Body), func(literal *ast.RegExpLiteral) {
			if strings.Contains(literal.Flags, "u") {
				literal.Pattern = expandProperties(literal.Pattern)
			}
		})
	}
}

// expandText is expandRegExps for a text that somebody else compiles.
func expandText(program *ast.Program, text string) string {
	if !hasProperties(text) {
		return text
	}
	var b strings.Builder
	done := 0
	visitRegExps(reflect.ValueOf(program.Body), func(literal *ast.RegExpLiteral) {
		at := int(literal.Idx) - program.File.Base()
		if !strings.Contains(literal.Flags, "u") || at < done || !strings.HasPrefix(text[at:], literal.Literal) {
			return
		}
		b.WriteString(text[done:at] + "/" + expandProperties(literal.Pattern) + "/" + literal.Flags)
		done = at + len(literal.Literal)
	})
	return b.String() + text[done:]
}

// visitRegExps calls fn with each regular expression of a syntax tree.
func visitRegExps(v reflect.Value, fn func(*ast.RegExpLiteral)) {
	switch v.Kind() {
	case reflect.Interface:
		visitRegExps(v.Elem(), fn)
	case reflect.Pointer:
		if v.IsNil() || v.Type() == reflect.TypeFor[*file.File]() || v.Type() == reflect.TypeFor[*ast.Identifier]() {
			return
		}
		if literal, ok := reflect.TypeAssert[*ast.RegExpLiteral](v); ok {
			fn(literal)
			return
		}
		visitRegExps(v.Elem(), fn)
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[[]*ast.VariableDeclaration]() {
			return // these repeat what the body declares
		}
		for i := range v.Len() {
			visitRegExps(v.Index(i), fn)
		}
	case reflect.Struct:
		for _, i := range partsOf(v.Type()) {
			visitRegExps(v.Field(i), fn)
		}
	}
}

// nodeParts caches which fields of the types of a syntax tree hold parts of it.
var nodeParts sync.Map // reflect.Type → []int

func partsOf(typ reflect.Type) []int {
	if known, ok := nodeParts.Load(typ); ok {
		return known.([]int)
	}
	var parts []int
	for i := range typ.NumField() {
		switch field := typ.Field(i); field.Type.Kind() {
		case reflect.Interface, reflect.Pointer, reflect.Slice, reflect.Struct:
			if field.IsExported() {
				parts = append(parts, i)
			}
		}
	}
	nodeParts.Store(typ, parts)
	return parts
}

// expandProperties replaces \p{…} and \P{…} in a pattern by the ranges of
// characters they stand for. Properties that we do not know are left alone.
func expandProperties(pattern string) string {
	var b strings.Builder
	inClass := false
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\' && i+1 < len(pattern):
			if text, length := property(pattern[i:], inClass); length > 0 {
				b.WriteString(text)
				i += length - 1
				continue
			}
			b.WriteString(pattern[i : i+2])
			i++
			continue
		case c == '[':
			inClass = true
		case c == ']':
			inClass = false
		}
		b.WriteByte(pattern[i])
	}
	return b.String()
}

// property returns the class for a property at the beginning of a pattern and
// how much of the pattern it replaces, or 0.
func property(pattern string, inClass bool) (class string, length int) {
	if len(pattern) < 4 || (pattern[1] != 'p' && pattern[1] != 'P') || pattern[2] != '{' {
		return "", 0
	}
	end := strings.IndexByte(pattern, '}')
	if end < 0 {
		return "", 0
	}
	ranges, ok := propertyRanges(pattern[3:end], pattern[1] == 'P')
	if !ok {
		return "", 0
	}
	if inClass {
		return ranges, end + 1
	}
	return "[" + ranges + "]", end + 1
}

// expandedRanges keeps the texts of properties: some have hundreds of ranges.
var expandedRanges sync.Map

func propertyRanges(name string, negated bool) (string, bool) {
	type key struct {
		name    string
		negated bool
	}
	if text, ok := expandedRanges.Load(key{name, negated}); ok {
		return text.(string), true
	}
	table, ok := propertyTable(name)
	if !ok {
		return "", false
	}
	text := table.ranges(negated)
	expandedRanges.Store(key{name, negated}, text)
	return text, true
}

// propertyTable finds the characters of a property by its name, as in `L`,
// `Letter`, `Script=Greek`, `gc=Lu` or `Emoji`.
func propertyTable(name string) (charset, bool) {
	kind, value, valued := strings.Cut(name, "=")
	if !valued {
		value = name
	}
	if !valued || kind == "gc" || kind == "General_Category" {
		if long, ok := categoryNames[value]; ok {
			value = long
		}
		if table, ok := unicode.Categories[value]; ok {
			return charset{tables: []*unicode.RangeTable{table}}, true
		}
	}
	switch kind {
	case "sc", "Script", "scx", "Script_Extensions":
		table, ok := unicode.Scripts[value]
		return charset{tables: []*unicode.RangeTable{table}}, ok
	}
	if valued {
		return charset{}, false
	}
	if set, ok := binaryProperties[value]; ok {
		return set, true
	}
	table, ok := unicode.Properties[value]
	return charset{tables: []*unicode.RangeTable{table}}, ok
}

// charset is a set of characters: those of some tables without those of others.
type charset struct {
	tables, without []*unicode.RangeTable
}

// ranges writes the characters of the set, or all others, as the inside of a class.
func (s charset) ranges(negated bool) string {
	in := make([]bool, unicode.MaxRune+1)
	for _, table := range s.tables {
		mark(in, table, true)
	}
	for _, table := range s.without {
		mark(in, table, false)
	}
	var b strings.Builder
	start := -1
	for r, has := range in {
		switch has = has != negated; {
		case has && start < 0:
			start = r
		case !has && start >= 0:
			writeRange(&b, start, r-1)
			start = -1
		}
	}
	if start >= 0 {
		writeRange(&b, start, unicode.MaxRune)
	}
	return b.String()
}

func mark(in []bool, table *unicode.RangeTable, value bool) {
	for _, r := range table.R16 {
		for c := int(r.Lo); c <= int(r.Hi); c += int(r.Stride) {
			in[c] = value
		}
	}
	for _, r := range table.R32 {
		for c := int(r.Lo); c <= int(r.Hi); c += int(r.Stride) {
			in[c] = value
		}
	}
}

func writeRange(b *strings.Builder, from, to int) {
	fmt.Fprintf(b, `\u{%x}`, from)
	if to > from {
		fmt.Fprintf(b, `-\u{%x}`, to)
	}
}

// guardRegExp makes the RegExp constructor spell out Unicode properties as well.
// The class stays what it is for typeof and instanceof.
func (env *environment) guardRegExp() {
	original := env.global("RegExp")
	construct, ok := goja.AssertConstructor(original)
	if !ok {
		return
	}
	call, _ := goja.AssertFunction(original)
	expand := func(args []goja.Value) []goja.Value {
		if pattern, ok := first(args).(goja.String); ok {
			if refused := badPattern(pattern); refused != "" {
				env.throwRange(refused)
			}
		}
		if len(args) < 2 || !strings.Contains(textOf(args[1]), "u") {
			return args
		}
		pattern, ok := args[0].(goja.String)
		if !ok || !hasProperties(pattern.String()) {
			return args
		}
		return []goja.Value{env.vm.ToValue(expandProperties(pattern.String())), args[1]}
	}
	replacement := env.vm.ToValue(func(c goja.ConstructorCall) *goja.Object {
		var made goja.Value
		var err error
		if c.NewTarget == nil {
			made, err = call(goja.Undefined(), expand(c.Arguments)...)
		} else {
			made, err = construct(c.NewTarget, expand(c.Arguments)...)
		}
		if err != nil {
			panic(err)
		}
		return made.(*goja.Object)
	}).(*goja.Object)
	_ = replaceClass(env, "RegExp", original, replacement)
}

// replaceClass puts another constructor in the place of a built-in one.
func replaceClass(env *environment, name string, original, replacement *goja.Object) error {
	prototype, ok := original.Get("prototype").(*goja.Object)
	if !ok {
		return nil
	}
	if err := replacement.DefineDataProperty("prototype", prototype, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE); err != nil {
		return err
	}
	if err := replacement.DefineDataProperty("name", env.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
		return err
	}
	if err := replacement.DefineDataProperty("length", original.Get("length"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
		return err
	}
	if err := replacement.DefineDataPropertySymbol(goja.SymSpecies, goja.Undefined(), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
		return err
	}
	if err := prototype.DefineDataProperty("constructor", replacement, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE); err != nil {
		return err
	}
	return env.vm.GlobalObject().DefineDataProperty(name, replacement, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}
