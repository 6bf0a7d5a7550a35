package jsvm

import (
	"errors"

	"github.com/dop251/goja"
)

const (
	// maxCodeLength bounds code that scripts make of texts, in characters, and
	// maxCodeDepth the nesting of its brackets: the parser and the compiler work
	// on the Go stack.
	maxCodeLength = 1 << 20
	maxCodeDepth  = 1000
	// maxOperators bounds the operators of one expression: the time that the
	// compiler takes grows with their square.
	maxOperators = 10_000
	// maxFileDepth bounds the nesting of brackets in script files.
	maxFileDepth = 10_000
)

var errFileDepth = errors.New("SyntaxError: the expressions of the file are nested too deeply")

// checkDepth refuses the text of a file whose brackets nest too deeply for the parsers.
func checkDepth(text string) error {
	if nesting(text, "([{", ")]}") > maxFileDepth || longestRun(text) > maxFileDepth {
		return errFileDepth
	}
	return nil
}

// longestRun returns the length of the longest row of operators that stand before
// a value.
func longestRun(text string) (longest int) {
	n := 0
	for _, c := range []byte(text) {
		switch c {
		case '!', '~', '+', '-':
			n++
			longest = max(longest, n)
		case ' ', '\t', '\r', '\n':
		default:
			n = 0
		}
	}
	return longest
}

// codeGuards limit code that scripts make of texts, and patterns of regular
// expressions. Evaluated code runs in the global scope.
func codeGuards() []lateGuard {
	guards := []lateGuard{
		{[]string{"eval"}, func(env *environment) {
			env.guardMethod(env.vm.GlobalObject(), "eval", 1, func(_ goja.Value, args []goja.Value) string {
				refused := badCode(args)
				if text, ok := first(args).(goja.String); ok && refused == "" {
					env.watchText(text.String())
				}
				return refused
			})
		}},
		{[]string{"RegExp", "constructor", needComputed}, (*environment).guardRegExp},
		{[]string{"compile", needComputed}, (*environment).guardPatterns},
	}
	for _, function := range []*goja.Program{plainFunction, generatorFunction, asyncFunction} {
		guards = append(guards, lateGuard{[]string{"Function", "constructor", needComputed}, func(env *environment) { env.guardFunction(function) }})
	}
	return guards
}

func badCode(args []goja.Value) string {
	for _, arg := range args {
		text, ok := arg.(goja.String)
		switch {
		case !ok:
		case text.Length() > maxCodeLength:
			return "Code is too long"
		case text.Length() > maxCodeDepth && nesting(text.String(), "([{`", ")]}") > maxCodeDepth:
			return "Code is nested too deeply"
		case text.Length() > maxOperators && operators(text.String()) > maxOperators:
			return "Code has too long expressions"
		}
	}
	return ""
}

// operators returns the largest number of operators between two ends of statements.
func operators(text string) (most int) {
	n := 0
	for _, c := range []byte(text) {
		switch c {
		case ';', '{', '}':
			n = 0
		case '+', '-', '*', '/', '%', '&', '|', '^', '<', '>', '=', '?', ':', '!', '~', ',':
			n++
			most = max(most, n)
		}
	}
	return most
}

// guardFunction guards the constructor behind a kind of function. It keeps the
// prototype, so that instanceof holds.
func (env *environment) guardFunction(function *goja.Program) {
	prototype := env.prototypeOf(function)
	if prototype == nil {
		return
	}
	original, ok := prototype.Get("constructor").(*goja.Object)
	if !ok {
		return
	}
	construct, ok := goja.AssertConstructor(original)
	if !ok {
		return
	}
	name := textOf(original.Get("name"))
	guarded := env.vm.ToValue(func(call goja.ConstructorCall) *goja.Object {
		env.checkpoint()
		texts := make([]goja.Value, len(call.Arguments))
		for i, arg := range call.Arguments {
			texts[i] = textValue(arg)
		}
		if refused := badCode(texts); refused != "" {
			env.throwRange(refused)
		}
		for _, text := range texts {
			env.watchText(text.String())
		}
		obj, err := construct(call.NewTarget, texts...)
		if err != nil {
			panic(err)
		}
		return obj
	}).(*goja.Object)
	if env.global(name) == original {
		_ = replaceClass(env, name, original, guarded)
		return
	}
	_ = guarded.SetPrototype(original.Prototype())
	_ = guarded.DefineDataProperty("prototype", prototype, goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	_ = guarded.DefineDataProperty("name", env.vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = prototype.DefineDataProperty("constructor", guarded, goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

// guardPatterns limits the patterns of regular expressions made of texts.
func (env *environment) guardPatterns() {
	env.guardMethod(env.prototypeOf(regExp), "compile", 2, func(_ goja.Value, args []goja.Value) string {
		if text, ok := first(args).(goja.String); ok {
			return badPattern(text)
		}
		return ""
	})
}
