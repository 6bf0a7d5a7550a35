package search

import (
	"errors"
	"fmt"
	"time"
)

// errUnresolved is the error for a field that the lookup does not have.
var errUnresolved = errors.New("the field has no value in memory")

// ErrUndecided is the error of Evaluate for a comparison that only the database can make.
var ErrUndecided = errors.New("only the database knows how the column reads as text")

// Cell is the value of a field for Evaluate, with what the rules of comparison
// depend on besides the value.
type Cell struct {
	// Value is nil, int64, float64 or string, as the database holds it.
	Value any
	// Affinity is that of the column; a computed value has none.
	Affinity Affinity
	// JSON keeps NULL apart from the empty text.
	JSON bool
	// Hidden makes every comparison fail, as the value may not be known.
	Hidden bool
	// NoText is for numbers of columns whose declared type decides what text LIKE sees.
	NoText bool

	nature nature
	bound  any // what a parameter binds, of which Value is the stored form
}

// paramCell returns the cell for a parameter.
func paramCell(bound any) Cell {
	return Cell{Value: storedValue(bound), nature: natureParam, bound: bound}
}

// StaticCell returns the cell for a result that is known before the query
// runs, and whether it is one.
func StaticCell(result *ResolverResult) (Cell, bool) {
	if result.nature == natureColumn {
		return Cell{}, false
	}
	cell := paramCell(result.value)
	cell.nature = result.nature
	return cell, true
}

func (c Cell) isEmpty() bool {
	return c.nature == natureNull || (c.nature == natureParam && c.Value == "")
}

func (c Cell) isKnown() bool { return c.nature != natureColumn && !c.isEmpty() }

// Evaluate reports whether a row satisfies the filter, exactly as the compiled
// SQL would: with the type conversions of SQLite's comparisons, its LIKE, and
// NULL as a third truth value. Lookup returns the value of a field for the row,
// as a Cell or as a plain value: texts then compare as TEXT columns, numbers and
// booleans as numeric ones. Fields that need a join cannot be evaluated (see
// JoinFree); an operand without a value is an error, and so is the text of a cell
// that has none to offer (ErrUndecided).
func Evaluate(node *Node, lookup func(field string) (any, bool)) (bool, error) {
	e := evaluator{lookup: lookup, now: time.Now().UTC()}
	truth, err := e.node(node)
	return truth == yes, err
}

// JoinFree reports whether the conditions of a filter need no row but that of
// the query's own table, so that Evaluate can decide them. It fails if the
// filter does not resolve.
func JoinFree(node *Node, resolver FieldResolver) (bool, error) {
	s := newScope(resolver, nil)
	free := true
	var failure error
	node.Walk(func(cmp *Node) bool {
		left, right, err := s.sides(cmp)
		if err != nil {
			failure = err
			return false
		}
		free = free && !left.Joined && !right.Joined
		return true
	})
	return free && failure == nil, failure
}

// truth is a value of three-valued logic, ordered as AND and OR want it.
type truth int8

const (
	no truth = iota
	unknown
	yes
)

func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (t truth) not() truth { return yes - t }

type evaluator struct {
	lookup func(field string) (any, bool)
	now    time.Time
}

// node evaluates a group as SQL reads it, AND before OR.
func (e *evaluator) node(n *Node) (truth, error) {
	if !n.IsGroup() {
		return e.comparison(n)
	}
	result, run := no, yes
	for i, item := range n.Group {
		value, err := e.node(item)
		if err != nil {
			return no, err
		}
		if i > 0 && item.Connector == Or {
			result, run = max(result, run), yes
		}
		run = min(run, value)
	}
	return max(result, run), nil
}

func (e *evaluator) comparison(cmp *Node) (truth, error) {
	left, err := e.operand(cmp.Left)
	if err != nil {
		return no, fmt.Errorf("invalid left operand %q - %w", cmp.Left.Text, err)
	}
	right, err := e.operand(cmp.Right)
	if err != nil {
		return no, fmt.Errorf("invalid right operand %q - %w", cmp.Right.Text, err)
	}
	result, err := evaluate(cmp.Op.Base(), left, right)
	if left.Hidden || right.Hidden {
		return no, err
	}
	return result, err
}

func (e *evaluator) operand(o Operand) (Cell, error) {
	switch o.Kind {
	case OperandText:
		return paramCell(o.Text), nil
	case OperandNumber:
		return paramCell(o.Number), nil
	case OperandIdentifier:
		return e.identifier(o.Text)
	}
	return Cell{}, errors.New("unresolvable token type")
}

func (e *evaluator) identifier(name string) (Cell, error) {
	if macro, ok := macros[name]; ok {
		return paramCell(macro(e.now)), nil
	}
	if value, ok := e.lookup(name); ok {
		return cellOf(value), nil
	}
	if constant, ok := constantOf(name); ok {
		cell, _ := StaticCell(constant)
		return cell, nil
	}
	return Cell{}, errUnresolved
}

// cellOf returns the cell for what a lookup returned.
func cellOf(value any) Cell {
	if cell, ok := value.(Cell); ok {
		return cell
	}
	cell := Cell{Value: storedValue(bindable(value))}
	switch cell.Value.(type) {
	case string:
		cell.Affinity = AffinityText
	case int64, float64:
		cell.Affinity = AffinityNumeric
	}
	return cell
}

// storedValue returns a bound value as the database holds it.
func storedValue(value any) any {
	if b, ok := value.(bool); ok {
		if b {
			return int64(1)
		}
		return int64(0)
	}
	return value
}

// evaluate is predicate for values.
func evaluate(op Operator, left, right Cell) (truth, error) {
	switch op {
	case OpEqual:
		return evaluateEquality(left, right, true), nil
	case OpNotEqual:
		return evaluateEquality(left, right, false), nil
	case OpLike:
		return evaluateLike(left, right)
	case OpNotLike:
		result, err := evaluateLike(left, right)
		return result.not(), err
	}
	order, ok := compareCells(left, right)
	if !ok {
		return unknown, nil
	}
	switch op {
	case OpGreater:
		return truthOf(order > 0), nil
	case OpGreaterEqual:
		return truthOf(order >= 0), nil
	case OpLess:
		return truthOf(order < 0), nil
	default:
		return truthOf(order <= 0), nil
	}
}

// evaluateEquality is equality for values.
func evaluateEquality(left, right Cell, equal bool) truth {
	leftEmpty, rightEmpty := left.isEmpty(), right.isEmpty()
	empty := Cell{Value: ""}
	switch {
	case left.JSON || right.JSON:
		return truthOf(isSame(left, right) == equal)
	case leftEmpty && rightEmpty:
		return truthOf(equal)
	case left.isKnown() || right.isKnown():
		if leftEmpty {
			left = empty
		}
		if rightEmpty {
			right = empty
		}
		if !equal {
			return truthOf(!isSame(left, right))
		}
		order, ok := compareCells(left, right)
		if !ok {
			return unknown
		}
		return truthOf(order == 0)
	case rightEmpty:
		return truthOf((left.Value == nil || isSame(left, empty)) == equal)
	case leftEmpty:
		return truthOf((right.Value == nil || isSame(right, empty)) == equal)
	}
	return truthOf(isSame(coalescedCell(left), coalescedCell(right)) == equal)
}

// coalescedCell is coalesced for a value: the result of a function has no affinity.
func coalescedCell(c Cell) Cell {
	if c.Value == nil {
		return Cell{Value: ""}
	}
	return Cell{Value: c.Value}
}

// isSame is the IS operator.
func isSame(left, right Cell) bool {
	if left.Value == nil || right.Value == nil {
		return left.Value == nil && right.Value == nil
	}
	order, _ := compareCells(left, right)
	return order == 0
}
