package search

// Connector tells how an item of a group is tied to the item before it.
type Connector string

// The two connectors of the language. A group is written to SQL as it stands, so
// AND binds stronger than OR there.
const (
	And Connector = "AND"
	Or  Connector = "OR"
)

// Node is an item of a parsed filter: a group of nodes, or a comparison of two
// operands when Group is empty. Nodes are immutable once Parse has returned
// them and may be shared between goroutines.
type Node struct {
	Connector Connector // to the previous item of the same group
	Group     []*Node

	Left, Right Operand
	Op          Operator
}

// IsGroup reports whether the node is a group and not a comparison.
func (n *Node) IsGroup() bool { return len(n.Group) > 0 }

// Walk calls visit for every comparison of the tree, from left to right, until
// visit returns false.
func (n *Node) Walk(visit func(cmp *Node) bool) bool {
	if !n.IsGroup() {
		return visit(n)
	}
	for _, item := range n.Group {
		if !item.Walk(visit) {
			return false
		}
	}
	return true
}

// OperandKind tells what an operand is made of.
type OperandKind uint8

// The kinds of operands.
const (
	OperandIdentifier  OperandKind = iota // a field path, macro or one of null, true, false
	OperandText                           // a quoted text
	OperandNumber                         // a number
	OperandPlaceholder                    // {:name}, given by the caller
	OperandFunction                       // name(…), which never resolves
)

// Operand is one side of a comparison.
type Operand struct {
	Kind   OperandKind
	Text   string  // the name or the text without quotes
	Number float64 // the value of an OperandNumber
}

// Operator is a comparison operator.
type Operator uint8

// The comparison operators. The Any variants are satisfied by any one of
// several values, the others need all of them.
const (
	OpEqual Operator = iota + 1
	OpNotEqual
	OpGreater
	OpGreaterEqual
	OpLess
	OpLessEqual
	OpLike
	OpNotLike
	OpAnyEqual
	OpAnyNotEqual
	OpAnyGreater
	OpAnyGreaterEqual
	OpAnyLess
	OpAnyLessEqual
	OpAnyLike
	OpAnyNotLike
)

const anyOffset = OpAnyEqual - OpEqual

var operators = map[string]Operator{
	"=": OpEqual, "!=": OpNotEqual, ">": OpGreater, ">=": OpGreaterEqual,
	"<": OpLess, "<=": OpLessEqual, "~": OpLike, "!~": OpNotLike,
	"?=": OpAnyEqual, "?!=": OpAnyNotEqual, "?>": OpAnyGreater, "?>=": OpAnyGreaterEqual,
	"?<": OpAnyLess, "?<=": OpAnyLessEqual, "?~": OpAnyLike, "?!~": OpAnyNotLike,
}

// IsAny reports whether one satisfying value is enough.
func (o Operator) IsAny() bool { return o >= OpAnyEqual }

// Base returns the operator without its Any variant.
func (o Operator) Base() Operator {
	if o.IsAny() {
		return o - anyOffset
	}
	return o
}
