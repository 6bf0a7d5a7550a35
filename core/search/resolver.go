package search

import (
	"github.com/pocketbase/dbx"
)

// FieldResolver knows what the names of a filter or a sort list stand for. A
// resolver serves one query: the joins it collects belong to everything it has
// resolved so far.
type FieldResolver interface {
	// UpdateQuery adds to the query what the resolved fields need, usually
	// joins. It is called once, after all of them are resolved.
	UpdateQuery(query *dbx.SelectQuery) error
	// Resolve returns what the field stands for, or an error for a field that
	// does not exist or may not be used.
	Resolve(field string) (*ResolverResult, error)
}

// Joiner is a FieldResolver that can tell its joins, which Compile needs.
type Joiner interface {
	FieldResolver
	// Joins returns the joins of everything resolved so far, in the order in
	// which they have to be written.
	Joins() []Join
}

// Fragment is a piece of SQL with one '?' for each of its arguments.
type Fragment struct {
	SQL  string
	Args []any
}

// Join is a LEFT JOIN. A table and its condition are written with quoted names.
type Join struct {
	Table  Fragment // with its alias
	On     Fragment
	FanOut bool // more than one row may match, so results have to be made distinct
}

// ResolverResult is what a field stands for.
type ResolverResult struct {
	// Fragment is the SQL of the value.
	Fragment
	// NoCoalesce keeps NULL apart from the empty text, as for JSON values.
	NoCoalesce bool
	// Joined reports that the value comes from another row than that of the
	// query's own table, so that it cannot be evaluated in memory.
	Joined bool
	// Guard, if not empty, is a condition without arguments that has to hold
	// for every comparison with the value, as it may not be known otherwise.
	Guard string
	// ForSort, if not nil, returns what rows are ordered by in place of the
	// value. It may have arguments.
	ForSort func() *ResolverResult
	// Multi, if not nil, selects all values that the field has for one row.
	Multi *MultiValue

	// Volatile reports that the SQL depends on values of the request, so that
	// it is of no use for another one.
	Volatile bool
	// SameAs, if not empty, names a field on whose value the SQL depends.
	SameAs string

	nature   nature
	value    any  // of all but natureColumn
	constant bool // it is a constant of the language
}

// MultiValue selects all values that a field has for one row of the query, of
// which each may be on a row of its own in the joined result.
type MultiValue struct {
	// From is what follows FROM up to the end of the subquery.
	From Fragment
	// Value is the SQL of the value.
	Value Fragment
	// Guard is the Guard of the value inside the subquery.
	Guard string
}

// nature tells how much of a value is known before the query runs.
type nature uint8

const (
	natureColumn nature = iota // nothing
	natureParam                // the value, bound as a parameter
	natureNull
	natureLiteral // it is 0 or 1, written as such
)

// Null returns the result for a field without a value.
func Null() *ResolverResult {
	return &ResolverResult{Fragment: Fragment{SQL: "NULL"}, nature: natureNull}
}

// Bool returns the result for a value that is a boolean of the language.
func Bool(value bool) *ResolverResult {
	if value {
		return &ResolverResult{Fragment: Fragment{SQL: "1"}, nature: natureLiteral, value: int64(1)}
	}
	return &ResolverResult{Fragment: Fragment{SQL: "0"}, nature: natureLiteral, value: int64(0)}
}

// Param returns the result for a value that is known before the query runs. It
// becomes a parameter: maps and lists as their JSON, nil as Null.
func Param(value any) *ResolverResult {
	bound := bindable(value)
	if bound == nil {
		return Null()
	}
	return &ResolverResult{
		Fragment: Fragment{SQL: "?", Args: []any{bound}},
		nature:   natureParam,
		value:    bound,
	}
}

// Static returns the value of a result that is known before the query runs.
func (r *ResolverResult) Static() (value any, ok bool) {
	return r.value, r.nature != natureColumn
}

// isEmpty reports whether the value is known to be empty.
func (r *ResolverResult) isEmpty() bool {
	return r.nature == natureNull || (r.nature == natureParam && r.value == "")
}

// isKnown reports whether the value is known not to be empty.
func (r *ResolverResult) isKnown() bool {
	return r.nature != natureColumn && !r.isEmpty()
}
