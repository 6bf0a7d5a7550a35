package jsvm

import (
	"reflect"
	"slices"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/file"
	"github.com/dop251/goja/token"
)

// What a text needs besides the names that occur in it.
const (
	// needComputed are members whose names are made when the script runs.
	needComputed = "[]"
	// needTested are such members of which only the value as a number or a text is
	// used, or whether there is any. Functions that make these values of a built-in
	// function are of prototypes, and get hold of it.
	needTested = "[?]"
	// needGlobal is the global object as a value.
	needGlobal = "globalThis"
	// needSpread are loops over iterators without script code in between.
	needSpread = "..."
	// needYield are generators.
	needYield = "yield"
	// needAll is anything.
	needAll = "*"
)

const (
	// maxNeedsText is how long a text may be for its needs to be looked at.
	maxNeedsText = 1 << 18
	// maxMemberName is longer than the name of any built-in member.
	maxMemberName = 32
)

// prototypeNames are the names by which prototypes are reached.
var prototypeNames = []string{"prototype", "__proto__", "getPrototypeOf", "setPrototypeOf", "constructor"}

// computes reports whether a text can get hold of members whose names it computes.
func (n needs) computes() bool {
	named := func(name string) bool { return n[name] }
	return n[needComputed] || n[needTested] && (n["hasInstance"] || slices.ContainsFunc(prototypeNames, named))
}

// needs are the names by which scripts may reach members of built-in objects. A
// script cannot get hold of a built-in function whose name is not in its text
// and that it does not compute, so what guards the function is not needed.
type needs map[string]bool

// readers are the built-in names by which members can be read whose names are
// nowhere in the text.
var readers = map[string]bool{
	"Reflect": true, "getOwnPropertyDescriptor": true, "getOwnPropertyDescriptors": true,
	"__lookupGetter__": true, "__lookupSetter__": true,
}

// needsOf returns what a text needs.
func needsOf(program *ast.Program, text string) needs {
	if len(text) > maxNeedsText {
		return needs{needAll: true}
	}
	w := needsWalker{found: needs{}, numbers: numberNames{given: map[string][]ast.Expression{}, other: map[string]bool{}}}
	for _, statement := range program.Body {
		if value, ok := statement.(*ast.ExpressionStatement); ok {
			w.visitAll(value.Expression) // the program evaluates to it
		} else {
			w.visitAll(statement)
		}
	}
	w.settleKeys()
	return w.found
}

// needsWalker collects the needs of a syntax tree.
type needsWalker struct {
	found needs
	// keys are the computed names of members that are read, with what they need.
	keys    []computedKey
	numbers numberNames
	// dynamic tells that names may mean something else than what is written.
	dynamic bool
}

type computedKey struct {
	name ast.Expression
	need string
}

// key takes note of the name of a member that is read.
func (w *needsWalker) key(name ast.Expression, need string) {
	if _, plain := name.(*ast.StringLiteral); !plain {
		w.keys = append(w.keys, computedKey{name, need})
	}
}

// settleKeys decides whether computed names can be those of built-in members.
func (w *needsWalker) settleKeys() {
	numbers := map[string]bool{}
	if !w.dynamic && !w.found["eval"] && !w.found[needGlobal] {
		numbers = w.numbers.settled()
	}
	for _, key := range w.keys {
		if !isNumeric(key.name, numbers) {
			w.found[key.need] = true
		}
	}
}

func (w *needsWalker) name(name string) {
	w.found[name] = true
	if readers[name] {
		w.found[needComputed] = true
	}
}

func (w *needsWalker) visitAll(nodes ...ast.Node) {
	for _, node := range nodes {
		w.visit(reflect.ValueOf(node))
	}
}

func (w *needsWalker) visit(v reflect.Value) {
	switch v.Kind() {
	case reflect.Interface:
		w.visit(v.Elem())
	case reflect.Pointer:
		if v.IsNil() || v.Type() == reflect.TypeFor[*file.File]() {
			return
		}
		w.numbers.note(v.Interface())
		if !w.node(v.Interface()) && !w.tested(v.Interface()) {
			w.visit(v.Elem())
		}
	case reflect.Slice:
		if v.Type() == reflect.TypeFor[[]*ast.VariableDeclaration]() {
			return // these repeat what the body declares
		}
		for i := range v.Len() {
			w.visit(v.Index(i))
		}
	case reflect.Struct:
		if id, ok := reflect.TypeAssert[ast.Identifier](v); ok {
			w.name(id.Name.String())
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				w.visit(v.Field(i))
			}
		}
	}
}

// node takes note of what a node needs by itself and reports whether that is all
// there is to it.
func (w *needsWalker) node(node any) (done bool) {
	switch n := node.(type) {
	case *ast.StringLiteral:
		if text := n.Value.String(); len(text) < maxMemberName {
			w.name(text)
		}
	case *ast.DotExpression:
		if done = isGlobalObject(n.Left); done {
			name := n.Identifier.Name.String()
			w.name(name)
			w.numbers.other[name] = true
		}
	case *ast.BracketExpression:
		w.key(n.Member, needComputed)
	case *ast.ObjectPattern:
		for _, property := range n.Properties {
			if keyed, ok := property.(*ast.PropertyKeyed); ok && keyed.Computed {
				w.found[needComputed] = true
			}
		}
	case *ast.MethodDefinition:
		if done = !n.Computed; done { // its name reads nothing
			w.visitAll(n.Body)
		}
	case *ast.ThisExpression:
		w.found[needGlobal] = true
	case *ast.WithStatement:
		w.dynamic = true
	case *ast.SpreadElement:
		w.found[needSpread] = true
	case *ast.ArrayPattern:
		if n.Rest != nil {
			w.found[needSpread] = true
		}
	case *ast.YieldExpression:
		w.found[needYield], w.found[needSpread] = true, true
	}
	return done
}

// tested handles the nodes that do no more with some of their parts than to look
// what they are: nobody gets hold of a built-in function by them.
func (w *needsWalker) tested(node any) (done bool) {
	switch n := node.(type) {
	case *ast.AssignExpression:
		target, ok := n.Left.(*ast.BracketExpression)
		if !ok || isLogical(n.Operator) {
			return false
		}
		if n.Operator != token.ASSIGN {
			w.key(target.Member, needTested)
		}
		w.visitAll(target.Left, target.Member, n.Right)
	case *ast.UnaryExpression:
		w.test(n.Operand)
	case *ast.BinaryExpression:
		if isLogical(n.Operator) {
			return false
		}
		w.test(n.Left)
		w.test(n.Right)
	case *ast.IfStatement:
		w.test(n.Test)
		w.visitAll(n.Consequent, n.Alternate)
	case *ast.ConditionalExpression:
		w.test(n.Test)
		w.visitAll(n.Consequent, n.Alternate)
	case *ast.ExpressionStatement:
		w.test(n.Expression)
	default:
		return false
	}
	return true
}

// test visits an expression of which only the truth, the type or the value as a
// number or a text matters.
func (w *needsWalker) test(e ast.Expression) {
	switch e := e.(type) {
	case *ast.BracketExpression:
		w.key(e.Member, needTested)
		w.visitAll(e.Left, e.Member)
	case *ast.OptionalChain:
		w.test(e.Expression)
	case *ast.AssignExpression:
		w.test(e.Left)
		w.visitAll(e.Right)
	case *ast.BinaryExpression:
		w.test(e.Left)
		w.test(e.Right)
	default:
		w.visitAll(e)
	}
}

// isLogical reports whether an operator yields one of its operands.
func isLogical(operator token.Token) bool {
	return operator == token.LOGICAL_AND || operator == token.LOGICAL_OR || operator == token.COALESCE
}

// isGlobalObject reports whether an expression may be the global object.
func isGlobalObject(e ast.Expression) bool {
	switch e := e.(type) {
	case *ast.ThisExpression:
		return true
	case *ast.Identifier:
		return e.Name == needGlobal
	}
	return false
}
