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
	recorder *recorder // nil when nobody asks
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

// operand resolves an operand and tells the recorder where its value is from.
func (s *scope) operand(o Operand) (*ResolverResult, error) {
	result, err := s.resolve(o)
	if err != nil || s.recorder == nil {
		return result, err
	}
	if err := s.record(result); err != nil {
		return nil, err
	}
	isName := o.Kind == OperandIdentifier || o.Kind == OperandPlaceholder
	if isName && result.nature != natureColumn && !result.constant {
		return s.recorder.note(o, result), nil
	}
	return result, nil
}

// record notes what the SQL of a result depends on.
func (s *scope) record(of *ResolverResult) error {
	if s.recorder == nil {
		return nil
	}
	s.recorder.volatile = s.recorder.volatile || of.Volatile
	if of.SameAs == "" {
		return nil
	}
	o := Operand{Kind: OperandIdentifier, Text: of.SameAs}
	result, err := s.resolve(o)
	if err != nil {
		return err
	}
	s.recorder.add(need{operand: o, shape: shapeOf(result), exact: true, value: result.value})
	return nil
}

func (s *scope) resolve(o Operand) (*ResolverResult, error) {
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
		constant.constant = true
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
