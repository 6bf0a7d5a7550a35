package search

import "strings"

// compiler writes the condition of a tree.
type compiler struct {
	scope *scope
	sql   strings.Builder
	args  []any
}

// compileNode returns the SQL condition for a tree.
func compileNode(node *Node, s *scope) (Fragment, error) {
	c := compiler{scope: s}
	if err := c.node(node); err != nil {
		return Fragment{}, err
	}
	return Fragment{SQL: c.sql.String(), Args: c.args}, nil
}

// node recurses as deep as MaxFilterDepth allows.
func (c *compiler) node(n *Node) error {
	if !n.IsGroup() {
		return c.comparison(n)
	}
	c.sql.WriteByte('(')
	for i, item := range n.Group {
		if i > 0 {
			c.sql.WriteByte(' ')
			c.sql.WriteString(string(item.Connector))
			c.sql.WriteByte(' ')
		}
		if err := c.node(item); err != nil {
			return err
		}
	}
	c.sql.WriteByte(')')
	return nil
}

func (c *compiler) comparison(cmp *Node) error {
	left, right, err := c.scope.sides(cmp)
	if err != nil {
		return err
	}
	base := cmp.Op.Base()
	all := !cmp.Op.IsAny() && (left.Multi != nil || right.Multi != nil)
	guarded := left.Guard != "" || right.Guard != ""
	if all || guarded {
		c.sql.WriteByte('(')
	}
	c.write(predicate(base, left, right))
	if all {
		c.sql.WriteString(" AND NOT EXISTS (")
		c.write(counterExample(base, left, right))
		c.sql.WriteByte(')')
	}
	for _, guard := range []string{left.Guard, right.Guard} {
		if guard != "" {
			c.sql.WriteString(" AND ")
			c.sql.WriteString(guard)
		}
	}
	if all || guarded {
		c.sql.WriteByte(')')
	}
	return nil
}

func (c *compiler) write(f Fragment) {
	c.sql.WriteString(f.SQL)
	c.args = append(c.args, f.Args...)
}

// predicate returns the comparison of two single values.
func predicate(op Operator, left, right *ResolverResult) Fragment {
	switch op {
	case OpEqual:
		return equality(left, right, "=", "IS")
	case OpNotEqual:
		return equality(left, right, "IS NOT", "IS NOT")
	case OpLike:
		return like(left, right, " LIKE ")
	case OpNotLike:
		return like(left, right, " NOT LIKE ")
	case OpGreater:
		return concat(left.Fragment, " > ", right.Fragment)
	case OpGreaterEqual:
		return concat(left.Fragment, " >= ", right.Fragment)
	case OpLess:
		return concat(left.Fragment, " < ", right.Fragment)
	default:
		return concat(left.Fragment, " <= ", right.Fragment)
	}
}

var emptyText = Fragment{SQL: "''"}

// equality compares for being the same, where NULL and the empty text are one,
// or for being different. op is the plain operator, strict the one that tells
// NULL apart.
func equality(left, right *ResolverResult, op, strict string) Fragment {
	leftEmpty, rightEmpty := left.isEmpty(), right.isEmpty()
	switch {
	case left.NoCoalesce || right.NoCoalesce:
		return concat(left.Fragment, " "+strict+" ", right.Fragment)
	case leftEmpty && rightEmpty:
		return concat(emptyText, " "+op+" ", emptyText)
	case left.isKnown() || right.isKnown():
		l, r := left.Fragment, right.Fragment
		if leftEmpty {
			l = emptyText
		}
		if rightEmpty {
			r = emptyText
		}
		return concat(l, " "+op+" ", r)
	case rightEmpty:
		return emptiness(left.Fragment, op)
	case leftEmpty:
		return emptiness(right.Fragment, op)
	}
	return concat(coalesced(left.Fragment), " "+op+" ", coalesced(right.Fragment))
}

// emptiness compares a value with the empty one.
func emptiness(f Fragment, op string) Fragment {
	template := "(§ = '' OR § IS NULL)"
	if op != "=" {
		template = "(§ IS NOT '' AND § IS NOT NULL)"
	}
	args := append(append(make([]any, 0, 2*len(f.Args)), f.Args...), f.Args...)
	return Fragment{SQL: strings.ReplaceAll(template, "§", f.SQL), Args: args}
}

func coalesced(f Fragment) Fragment {
	return Fragment{SQL: "COALESCE(" + f.SQL + ", '')", Args: f.Args}
}

// like compares with a pattern: that of a known text, or any text that
// contains the value of the right side.
func like(left, right *ResolverResult, op string) Fragment {
	pattern := Fragment{SQL: "('%' || " + right.SQL + " || '%')", Args: right.Args}
	if right.nature == natureParam {
		pattern = Fragment{SQL: "?", Args: []any{patternArg(right)}}
	}
	f := concat(left.Fragment, op, pattern)
	f.SQL += ` ESCAPE '\'`
	return f
}

// patternArg returns the argument for a searched text.
func patternArg(right *ResolverResult) any {
	pattern := likePattern(textOf(right.value))
	if bound, ok := right.Args[0].(boundArg); ok {
		return boundArg{operand: bound.operand, like: true, value: pattern}
	}
	return pattern
}

func concat(left Fragment, infix string, right Fragment) Fragment {
	f := Fragment{SQL: left.SQL + infix + right.SQL}
	switch {
	case len(right.Args) == 0:
		f.Args = left.Args
	case len(left.Args) == 0:
		f.Args = right.Args
	default:
		f.Args = append(append(make([]any, 0, len(left.Args)+len(right.Args)), left.Args...), right.Args...)
	}
	return f
}
