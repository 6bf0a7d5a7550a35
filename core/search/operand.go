package search

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
)

// scope is what the operands of one query are resolved in.
type scope struct {
	resolver FieldResolver
	params   []dbx.Params // values of placeholders
	now      time.Time
}

func newScope(resolver FieldResolver, params []dbx.Params) *scope {
	return &scope{resolver: resolver, params: params, now: time.Now().UTC()}
}

// sides resolves both operands of a comparison.
func (s *scope) sides(cmp *Node) (left, right *ResolverResult, err error) {
	if left, err = s.operand(cmp.Left); err != nil {
		return nil, nil, fmt.Errorf("invalid left operand %q - %w", cmp.Left.Text, err)
	}
	if right, err = s.operand(cmp.Right); err != nil {
		return nil, nil, fmt.Errorf("invalid right operand %q - %w", cmp.Right.Text, err)
	}
	return left, right, nil
}

func (s *scope) operand(o Operand) (*ResolverResult, error) {
	switch o.Kind {
	case OperandText:
		return Param(o.Text), nil
	case OperandNumber:
		return Param(o.Number), nil
	case OperandPlaceholder:
		return s.placeholder(o.Text)
	case OperandIdentifier:
		return s.identifier(o.Text)
	}
	return nil, errors.New("unresolvable token type")
}

func (s *scope) identifier(name string) (*ResolverResult, error) {
	if macro, ok := macros[name]; ok {
		return Param(macro(s.now)), nil
	}
	result, err := s.resolver.Resolve(name)
	if err == nil {
		return result, nil
	}
	if constant, ok := constantOf(name); ok {
		return constant, nil
	}
	return nil, err
}

// constantOf returns the constants of the language, which a field of the same
// name hides.
func constantOf(name string) (*ResolverResult, bool) {
	switch {
	case strings.EqualFold(name, "null"):
		return Null(), true
	case strings.EqualFold(name, "true"):
		return Bool(true), true
	case strings.EqualFold(name, "false"):
		return Bool(false), true
	}
	return nil, false
}

func (s *scope) placeholder(name string) (*ResolverResult, error) {
	for _, params := range s.params {
		value, ok := params[name]
		if !ok {
			continue
		}
		switch bound := bindable(value).(type) {
		case bool:
			return Bool(bound), nil
		case int64:
			return Param(float64(bound)), nil
		default:
			return Param(bound), nil
		}
	}
	return nil, errors.New("the placeholder has no value")
}
