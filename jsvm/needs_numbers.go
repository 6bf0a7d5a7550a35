package jsvm

import (
	"reflect"

	"github.com/dop251/goja/ast"
	"github.com/dop251/goja/token"
)

// numberNames tells which variables of a text can only be numbers, such as those
// that count in loops, however many there are of the same name.
type numberNames struct {
	// given is what is assigned to names, other are the names that may be anything.
	given map[string][]ast.Expression
	other map[string]bool
}

// note takes note of what a node assigns.
func (n *numberNames) note(node any) {
	switch node := node.(type) {
	case *ast.Binding:
		n.assign(node.Target, node.Initializer)
	case *ast.AssignExpression:
		switch node.Operator {
		case token.ASSIGN, token.PLUS, token.LOGICAL_AND, token.LOGICAL_OR, token.COALESCE:
			if _, isName := node.Left.(*ast.Identifier); isName {
				n.assign(node.Left, node.Right)
			}
		}
	case *ast.ObjectPattern, *ast.ArrayPattern:
		n.exclude(reflect.ValueOf(node))
	case *ast.ParameterList:
		for _, binding := range node.List {
			n.exclude(reflect.ValueOf(binding.Target))
		}
		n.exclude(reflect.ValueOf(node.Rest))
	case *ast.ForIntoVar:
		n.exclude(reflect.ValueOf(node.Binding.Target))
	case *ast.ForDeclaration:
		n.exclude(reflect.ValueOf(node.Target))
	case *ast.ForIntoExpression:
		n.exclude(reflect.ValueOf(node.Expression))
	case *ast.CatchStatement:
		n.exclude(reflect.ValueOf(node.Parameter))
	case *ast.FunctionLiteral:
		n.exclude(reflect.ValueOf(node.Name))
	case *ast.ClassLiteral:
		n.exclude(reflect.ValueOf(node.Name))
	}
}

func (n *numberNames) assign(target ast.Node, value ast.Expression) {
	id, ok := target.(*ast.Identifier)
	if !ok {
		return // a pattern
	}
	name := id.Name.String()
	if value == nil {
		value = &ast.NumberLiteral{} // undefined does no harm either
	}
	n.given[name] = append(n.given[name], value)
}

// exclude takes note that the names in a target may be anything.
func (n *numberNames) exclude(v reflect.Value) {
	w := scopeWalker{free: map[string]bool{}}
	w.visit(v, nil)
	for name := range w.free {
		n.other[name] = true
	}
}

// settled returns the names that can only be numbers.
func (n *numberNames) settled() map[string]bool {
	numbers := map[string]bool{}
	for name := range n.given {
		numbers[name] = !n.other[name]
	}
	for changed := true; changed; {
		changed = false
		for name, values := range n.given {
			for _, value := range values {
				if numbers[name] && !isNumeric(value, numbers) {
					numbers[name], changed = false, true
				}
			}
		}
	}
	return numbers
}

// isNumeric reports whether an expression can only be a number, which is not the
// name of a built-in member.
func isNumeric(e ast.Expression, numbers map[string]bool) bool {
	switch e := e.(type) {
	case *ast.NumberLiteral:
		return true
	case *ast.Identifier:
		return numbers[e.Name.String()]
	case *ast.UnaryExpression:
		switch e.Operator {
		case token.PLUS, token.MINUS, token.BITWISE_NOT, token.INCREMENT, token.DECREMENT:
			return true
		}
	case *ast.BinaryExpression:
		switch e.Operator {
		case token.MINUS, token.MULTIPLY, token.SLASH, token.REMAINDER, token.EXPONENT, token.AND, token.OR,
			token.EXCLUSIVE_OR, token.SHIFT_LEFT, token.SHIFT_RIGHT, token.UNSIGNED_SHIFT_RIGHT:
			return true
		case token.PLUS:
			return isNumeric(e.Left, numbers) && isNumeric(e.Right, numbers)
		}
	}
	return false
}
