package jsvm

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/dop251/goja"
)

const (
	// longText is the length in characters from which on the engine's fast way
	// with regular expressions, which nothing interrupts, is not taken.
	longText = 1 << 13
	// maxSearch bounds the work of finding one text in another.
	maxSearch = 1 << 32
	// maxPatternLength bounds the texts of regular expressions.
	maxPatternLength = 1 << 16
	// maxPatternDepth bounds their nesting.
	maxPatternDepth = 500
)

// textGuards limit the functions of texts.
func textGuards() []lateGuard {
	guards := []lateGuard{{[]string{"raw", "String", needComputed}, func(env *environment) {
		env.replace(env.global("String"), "raw", 1, env.boundedRaw)
	}}}
	for name, check := range map[string]guard{
		"repeat": guardRepeat, "padStart": guardPad, "padEnd": guardPad, "concat": guardTexts,
		"indexOf": guardSearch, "lastIndexOf": guardSearch, "includes": guardSearch,
	} {
		guards = append(guards, lateGuard{[]string{name, needComputed}, func(env *environment) {
			env.guardMethod(env.textPrototype(), name, 1, check)
		}})
	}
	for _, name := range []string{"replace", "replaceAll"} {
		guards = append(guards, lateGuard{[]string{name, needComputed}, func(env *environment) {
			env.replace(env.textPrototype(), name, 2, env.boundedReplace)
		}})
	}
	for _, name := range []string{"match", "matchAll", "search", "split"} {
		guards = append(guards, lateGuard{[]string{name, needComputed}, func(env *environment) {
			env.replace(env.textPrototype(), name, 1, env.boundedMatch(name))
		}})
	}
	return guards
}

// textValue is the text of a value, for which scripts may run.
func textValue(v goja.Value) goja.String {
	if text, ok := v.ToString().(goja.String); ok {
		return text
	}
	return goja.StringFromUTF16(utf16.Encode([]rune(v.String())))
}

func guardRepeat(this goja.Value, args []goja.Value) string {
	if len(args) == 0 || !goja.IsNumber(args[0]) {
		return ""
	}
	if n := args[0].ToInteger(); n > maxTextLength || n > 0 && lengthOf(this)*n > maxTextLength {
		return "Invalid string length"
	}
	return ""
}

func guardPad(_ goja.Value, args []goja.Value) string {
	if len(args) > 0 && args[0].ToInteger() > maxTextLength {
		return "Invalid string length"
	}
	return ""
}

func guardTexts(this goja.Value, args []goja.Value) string {
	total := lengthOf(this)
	for _, arg := range args {
		if goja.IsString(arg) {
			total += lengthOf(arg)
		}
	}
	if total > maxTextLength {
		return "Invalid string length"
	}
	return ""
}

// guardSearch refuses to look for a very long text in a very long one: where
// the texts are not plain ASCII the engine compares them at every place.
func guardSearch(this goja.Value, args []goja.Value) string {
	if goja.IsString(first(args)) && lengthOf(this)*lengthOf(args[0]) > maxSearch {
		return "Text is too long to be searched"
	}
	return ""
}

// boundedRaw is String.raw up to the longest text there may be.
func (env *environment) boundedRaw(original native) native {
	return func(call goja.FunctionCall) goja.Value {
		env.checkpoint()
		if template, ok := call.Argument(0).(*goja.Object); ok {
			parts, _ := template.Get("raw").(*goja.Object)
			n := lengthOf(parts)
			if n > maxListLength {
				env.throwRange("Invalid string length")
			}
			total := int64(0)
			for i := range int(n) {
				total += lengthOf(parts.Get(strconv.Itoa(i)))
				if i+1 < len(call.Arguments) {
					total += lengthOf(call.Arguments[i+1])
				}
			}
			if total > maxTextLength {
				env.throwRange("Invalid string length")
			}
		}
		return original(call)
	}
}

// boundedMatch is a function that takes a text apart.
func (env *environment) boundedMatch(name string) func(native) native {
	return func(original native) native {
		return func(call goja.FunctionCall) goja.Value {
			env.checkpoint()
			pattern := call.Argument(0)
			switch p := pattern.(type) {
			case goja.String:
				if refused := env.refusesPattern(call.This, p, name == "split"); refused != "" {
					env.throwRange(refused)
				}
			case *goja.Object:
				if lengthOf(call.This) <= longText {
					break
				}
				if name == "split" && p.ClassName() == "RegExp" {
					return env.split(textValue(call.This), p, call.Argument(1))
				}
				defer env.slowly(p)()
			}
			return original(call)
		}
	}
}

// split is String.prototype.split for a regular expression, in single steps.
func (env *environment) split(text goja.String, pattern *goja.Object, limit goja.Value) goja.Value {
	flags := strings.NewReplacer("y", "", "g", "").Replace(textOf(pattern.Get("flags"))) + "g"
	splitter, err := env.vm.New(env.errorClass("RegExp"), pattern.Get("source"), env.vm.ToValue(flags))
	if err != nil {
		panic(err)
	}
	exec := nativeOf(splitter.Get("exec"))
	most := int64(maxListLength)
	if !goja.IsUndefined(limit) {
		most = min(most, int64(uint32(limit.ToInteger())))
	}
	var pieces []any
	for from, size := 0, text.Length(); exec != nil; {
		env.checkpoint()
		match, ok := exec(goja.FunctionCall{This: splitter, Arguments: []goja.Value{text}}).(*goja.Object)
		if !ok || from >= size {
			pieces = append(pieces, text.Substring(from, size))
			break
		}
		at, end := int(match.Get("index").ToInteger()), int(splitter.Get("lastIndex").ToInteger())
		if end == at {
			_ = splitter.Set("lastIndex", end+1)
		}
		if end == from || at >= size {
			continue
		}
		pieces = append(pieces, text.Substring(from, at))
		for i := 1; i < int(lengthOf(match)); i++ {
			pieces = append(pieces, match.Get(strconv.Itoa(i)))
		}
		if from = end; int64(len(pieces)) > most {
			break
		}
	}
	if int64(len(pieces)) > most {
		pieces = pieces[:most]
	}
	return env.vm.NewArray(pieces...)
}

// refusesPattern tells why a text is not searched for a text: as one to split
// at, or as a regular expression.
func (env *environment) refusesPattern(this goja.Value, pattern goja.String, splits bool) string {
	if !splits {
		return badPattern(pattern)
	}
	if refused := guardSearch(this, []goja.Value{pattern}); refused != "" {
		return refused
	}
	if n := lengthOf(this); n > maxListLength && n/int64(max(1, pattern.Length())) > maxListLength {
		return "Invalid array length"
	}
	return ""
}

// badPattern tells why a regular expression is refused: the compilers of
// patterns work on the Go stack.
func badPattern(pattern goja.String) string {
	switch n := pattern.Length(); {
	case n > maxPatternLength:
		return "Regular expression is too long"
	case n > maxPatternDepth && nesting(pattern.String(), "(", ")") > maxPatternDepth:
		return "Regular expression is nested too deeply"
	}
	return ""
}

// slowly makes the engine match a regular expression in single steps, between
// which an interrupt is noticed, until the returned function is called.
func (env *environment) slowly(pattern *goja.Object) func() {
	done := func() {}
	if pattern.ClassName() != "RegExp" || pattern.ExportType() == proxyType {
		return done
	}
	exec := nativeOf(pattern.Get("exec"))
	if exec == nil {
		return done
	}
	step := env.native("exec", 1, func(call goja.FunctionCall) goja.Value {
		env.checkpoint()
		return exec(call)
	})
	if pattern.DefineDataProperty("exec", step, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE) != nil {
		return done // frozen
	}
	return func() { _ = pattern.Delete("exec") }
}

// boundedReplace is replace and replaceAll up to the longest text there may be.
// Where the result could be longer the pieces are counted as they are made.
func (env *environment) boundedReplace(original native) native {
	return func(call goja.FunctionCall) goja.Value {
		env.checkpoint()
		n := lengthOf(call.This)
		switch p := call.Argument(0).(type) {
		case goja.String:
			if refused := guardSearch(call.This, []goja.Value{p}); refused != "" {
				env.throwRange(refused)
			}
		case *goja.Object:
			if n > longText {
				defer env.slowly(p)()
			}
		}
		if fn := env.countedReplacement(n, call.Argument(1)); fn != nil {
			call.Arguments = []goja.Value{call.Argument(0), fn}
		}
		return original(call)
	}
}

// countedReplacement returns a function that does what a replacement does and
// counts the length of the result, nil when that is short anyway.
func (env *environment) countedReplacement(n int64, replacement goja.Value) goja.Value {
	total := n
	count := func(piece goja.String) goja.Value {
		env.checkpoint()
		if total += int64(piece.Length()); total > maxTextLength {
			env.throwRange("Invalid string length")
		}
		return piece
	}
	switch r := replacement.(type) {
	case goja.String:
		longest := int64(r.Length())
		if strings.Contains(r.String(), "$") {
			longest = satMul(longest, n+1) // it may repeat the text
		}
		if satMul(longest, n+1) <= maxTextLength {
			return nil
		}
		return env.native("", 3, func(call goja.FunctionCall) goja.Value { return count(expand(r, call.Arguments)) })
	case *goja.Object:
		fn := nativeOf(r)
		if fn == nil {
			return nil // script code, between whose calls memory is watched
		}
		return env.native("", 3, func(call goja.FunctionCall) goja.Value { return count(textValue(fn(call))) })
	}
	return nil
}

func satMul(a, b int64) int64 {
	if a > 0 && b > math.MaxInt64/a {
		return math.MaxInt64
	}
	return a * b
}

// expand makes the replacement of one match: args are the match, its groups, its
// position, the text and, if there are any, the named groups.
func expand(pattern goja.String, args []goja.Value) goja.String {
	var named *goja.Object
	if last, ok := args[len(args)-1].(*goja.Object); ok {
		named, args = last, args[:len(args)-1]
	}
	text := textValue(args[len(args)-1])
	at := int(args[len(args)-2].ToInteger())
	match, groups := textValue(args[0]), args[1:len(args)-2]
	var out goja.StringBuilder
	units := pattern.String()
	for i := 0; i < len(units); i++ {
		rest := units[i:]
		if rest[0] != '$' || len(rest) == 1 {
			end := strings.IndexByte(rest[1:], '$') + 1
			if end == 0 {
				end = len(rest)
			}
			out.WriteUTF8String(rest[:end])
			i += end - 1
			continue
		}
		i += expandOne(&out, rest, match, text, at, groups, named) - 1
	}
	return out.String()
}

// expandOne writes what the $-pattern at the beginning of rest stands for and
// returns its length.
func expandOne(out *goja.StringBuilder, rest string, match, text goja.String, at int, groups []goja.Value, named *goja.Object) int {
	switch c := rest[1]; {
	case c == '$':
		out.WriteRune('$')
		return 2
	case c == '&':
		out.WriteString(match)
		return 2
	case c == '`':
		out.WriteString(text.Substring(0, at))
		return 2
	case c == '\'':
		out.WriteString(text.Substring(min(at+match.Length(), text.Length()), text.Length()))
		return 2
	case c >= '0' && c <= '9':
		for digits := min(2, len(rest)-1); digits > 0; digits-- {
			if n, err := strconv.Atoi(rest[1 : 1+digits]); err == nil && n > 0 && n <= len(groups) {
				if group := groups[n-1]; !goja.IsUndefined(group) {
					out.WriteString(textValue(group))
				}
				return 1 + digits
			}
		}
	case c == '<' && named != nil:
		if end := strings.IndexByte(rest, '>'); end > 0 {
			if group := named.Get(rest[2:end]); group != nil && !goja.IsUndefined(group) {
				out.WriteString(textValue(group))
			}
			return end + 1
		}
	}
	out.WriteRune('$')
	return 1
}

// nesting returns the deepest nesting of brackets in a text, wherever they are.
func nesting(text, opening, closing string) int {
	depth, deepest := 0, 0
	for _, c := range []byte(text) {
		switch {
		case strings.IndexByte(opening, c) >= 0:
			depth++
			deepest = max(deepest, depth)
		case depth > 0 && strings.IndexByte(closing, c) >= 0:
			depth--
		}
	}
	return deepest
}
