package search

// The aliases of the values in a search for a counter-example.
const (
	leftValues  = "__ml"
	rightValues = "__mr"
	valueColumn = "multiMatchValue"
	guardColumn = "multiMatchGuard"
)

// counterExample returns the subquery that selects the values of multi-valued
// sides for which the comparison fails. A missing value fails every comparison
// but equality, and so does one that may not be known.
func counterExample(op Operator, left, right *ResolverResult) Fragment {
	var from Fragment
	l, lFails := left, ""
	r, rFails := right, ""
	if left.Multi != nil {
		from = left.Multi.subquery(leftValues)
		l, lFails = left.Multi.operand(op, leftValues, left.NoCoalesce)
	}
	if right.Multi != nil {
		values := right.Multi.subquery(rightValues)
		r, rFails = right.Multi.operand(op, rightValues, right.NoCoalesce)
		if left.Multi != nil {
			from = concat(from, " LEFT JOIN ", values)
		} else {
			from = values
		}
	}
	where := predicate(op, l, r)
	where.SQL = "NOT (" + where.SQL + ")" + lFails + rFails
	return concat(Fragment{SQL: "SELECT 1 FROM " + from.SQL, Args: from.Args}, " WHERE ", where)
}

// subquery returns the values as a FROM item.
func (m *MultiValue) subquery(alias string) Fragment {
	sql := "(SELECT " + m.Value.SQL + " AS " + valueColumn
	if m.Guard != "" {
		sql += ", " + m.Guard + " AS " + guardColumn
	}
	f := concat(Fragment{SQL: sql, Args: m.Value.Args}, " FROM ", m.From)
	f.SQL += ") " + alias
	return f
}

// operand returns one of the values as a side of the comparison and the SQL of
// the further reasons to call it a counter-example.
func (m *MultiValue) operand(op Operator, alias string, noCoalesce bool) (*ResolverResult, string) {
	fails := ""
	if op != OpEqual {
		fails += " OR " + alias + "." + valueColumn + " IS NULL"
	}
	if m.Guard != "" {
		fails += " OR " + alias + "." + guardColumn + " IS NOT TRUE"
	}
	return &ResolverResult{Fragment: Fragment{SQL: alias + "." + valueColumn}, NoCoalesce: noCoalesce}, fails
}
