package jsvm

import (
	"maps"
	"slices"
	"strings"
)

// What a text may change besides single built-in objects.
const (
	everyGlobal  = "*globals"
	everyBuiltIn = "*"
	// everyLate tells that it changes nothing, but may look at what the global
	// object has.
	everyLate = "*late"
)

// builtInNames are the global names whose objects a script may find.
var builtInNames = func() map[string]bool {
	names := map[string]bool{}
	for name := range strings.FieldsSeq(`
		Object Function Array String Number Boolean Symbol BigInt Math JSON Reflect Proxy Promise RegExp Date Map Set WeakMap WeakSet
		WeakRef FinalizationRegistry ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array
		Uint32Array Float32Array Float64Array BigInt64Array BigUint64Array Error EvalError RangeError ReferenceError SyntaxError
		TypeError URIError AggregateError GoError globalThis console process require parseInt parseFloat isNaN isFinite encodeURI
		encodeURIComponent decodeURI decodeURIComponent eval fetch Headers Request Response URL URLSearchParams TextEncoder TextDecoder
		Buffer AbortController AbortSignal Event EventTarget structuredClone setTimeout setInterval setImmediate clearTimeout
		clearInterval clearImmediate queueMicrotask atob btoa crypto performance
		$app $apis $dbx $filepath $filesystem $http $mails $os $security $template $tokens`) {
		names[name] = true
	}
	return names
}()

// changers are the functions that change their first argument.
var changers = []string{"defineProperty", "defineProperties", "assign", "setPrototypeOf", "set", "deleteProperty"}

// lookers are the functions that tell what an object has.
var lookers = map[string]bool{
	"keys": true, "values": true, "entries": true, "getOwnPropertyNames": true, "getOwnPropertyDescriptor": true,
	"getOwnPropertyDescriptors": true, "hasOwn": true, "hasOwnProperty": true, "propertyIsEnumerable": true, "ownKeys": true,
}

// mutations returns the built-in objects that a script may change, judged by its
// text: those that it assigns members to, hands to a function that does, or
// keeps under another name. It rather finds too many than too few, in comments
// and texts, too.
func mutations(text string) map[string]bool {
	found, renamed := map[string]bool{}, map[string]bool{}
	looks, bareThis, unknown := false, false, false
	for i := 0; i < len(text); {
		if !isNameByte(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && isNameByte(text[i]) {
			i++
		}
		name := text[start:i]
		switch {
		case name == "constructor":
			use, _ := useOf(text[i:])
			if use.written || len(use.path) > 0 && use.path[0] == "prototype" {
				found[everyBuiltIn] = true
			} else if use.bare {
				renamed[everyBuiltIn] = true
			}
		case name == "prototype":
			unknown = unknown || !followsClass(text[:start])
		case lookers[name]:
			looks = true
		case name == "this":
			u, _ := useOf(text[i:])
			bareThis = bareThis || len(u.path) == 0 || lookers[u.path[0]]
		case builtInNames[name] && !isMember(text[:start]):
			noteUse(found, name, text[:start], text[i:])
			if u, _ := useOf(text[i:]); u.bare && len(u.path) == 0 && isClassName(name) && webGlobals[name] == "" {
				renamed[name] = true
			}
		case builtInNames[name]:
			if u, _ := useOf(text[i:]); u.written && len(u.path) > 0 {
				found[name] = true // by way of an object that holds it
			}
		}
	}
	if unknown {
		maps.Copy(found, renamed)
	}
	if looks && bareThis {
		found[everyLate] = true // it may be the global object
	}
	return found
}

// followsClass reports whether a member of a built-in class comes after a text.
func followsClass(before string) bool {
	before = strings.TrimRight(before, " \t\r\n")
	class, ok := strings.CutSuffix(before, ".")
	if !ok {
		return false
	}
	name := lastWord(class)
	return builtInNames[name] && isClassName(name)
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '$' || c >= 0x80
}

// isMember reports whether the name after a text is that of a member.
func isMember(before string) bool {
	before = strings.TrimRight(before, " \t\r\n")
	return strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "...")
}

// use is what is done with a name.
type use struct {
	// path are the members that are looked up; computed ones are "".
	path []string
	// written tells that the last of them is assigned, bare that the value itself
	// is used, chosen that it is one of the values that an operator chooses from.
	written, bare, chosen bool
}

func noteUse(found map[string]bool, name, before, after string) {
	u, _ := useOf(after)
	word := lastWord(before)
	if name == "globalThis" {
		switch {
		case word == "typeof":
		case len(u.path) == 0:
			found[everyGlobal], found[everyLate] = true, true
		case lookers[u.path[0]]:
			found[everyLate] = true
		case u.path[0] == "":
			found[everyGlobal] = true
		case u.written && len(u.path) == 1:
			found[everyGlobal] = true
		case builtInNames[u.path[0]] && (u.written || u.bare):
			found[u.path[0]] = true
		}
		return
	}
	isPrototype := len(u.path) == 1 && (u.path[0] == "prototype" || u.path[0] == "" && isClassName(name))
	switch {
	case u.written && len(u.path) == 0:
		if !slices.Contains([]string{"const", "let", "var", "function", "class"}, word) {
			found[everyGlobal] = true
		}
	case u.written || word == "delete":
		found[name] = true
	case u.chosen && isPrototype:
		found[name] = true
	case !u.bare || slices.Contains([]string{"new", "instanceof", "extends", "typeof", "case"}, word):
	case isPrototype, len(u.path) == 0 && escapes(name, before):
		found[name] = true
	}
}

// escapes reports whether a bare use lets others change the object: namespaces
// always, classes only when they are kept or handed to a function that changes
// them.
func escapes(name, before string) bool {
	if !isClassName(name) || name == "Math" || name == "JSON" || name == "Reflect" {
		return name[0] == '$' || isClassName(name) || name == "console"
	}
	before = strings.TrimRight(before, " \t\r\n")
	if callee, ok := strings.CutSuffix(before, "("); ok {
		return slices.Contains(changers, lastWord(callee))
	}
	return strings.HasSuffix(before, "=") && !strings.HasSuffix(before, "==")
}

func lastWord(text string) string {
	text = strings.TrimRight(text, " \t\r\n")
	start := len(text)
	for start > 0 && isNameByte(text[start-1]) {
		start--
	}
	return text[start:]
}

// useOf reads what follows a name.
func useOf(rest string) (u use, after string) {
	for {
		rest = strings.TrimLeft(rest, " \t\r\n")
		if strings.HasPrefix(rest, "?.") {
			rest = rest[1:]
		}
		switch {
		case strings.HasPrefix(rest, ".") && !strings.HasPrefix(rest, "..."):
			rest = strings.TrimLeft(rest[1:], " \t\r\n")
			end := 0
			for end < len(rest) && isNameByte(rest[end]) {
				end++
			}
			if end == 0 {
				return u, rest
			}
			u.path = append(u.path, rest[:end])
			rest = rest[end:]
		case strings.HasPrefix(rest, "["):
			end := strings.IndexByte(rest, ']')
			if end < 0 {
				return u, rest
			}
			u.path = append(u.path, "")
			rest = rest[end+1:]
		default:
			u.written = isAssignment(rest)
			u.chosen = strings.HasPrefix(rest, "||") || strings.HasPrefix(rest, "&&") || strings.HasPrefix(rest, "??")
			u.bare = rest == "" || strings.IndexByte(",;)]}:", rest[0]) >= 0
			return u, rest
		}
	}
}

// isAssignment reports whether a text begins with an operator that assigns.
func isAssignment(rest string) bool {
	if strings.HasPrefix(rest, "++") || strings.HasPrefix(rest, "--") {
		return true
	}
	operator := strings.TrimLeft(rest, "+-*/%&|^?<>")
	if length := len(rest) - len(operator); length > 3 || !strings.HasPrefix(operator, "=") {
		return false
	} else if length == 1 && (rest[0] == '<' || rest[0] == '>') {
		return false // a comparison
	}
	return !strings.HasPrefix(operator, "==") && !strings.HasPrefix(operator, "=>")
}
