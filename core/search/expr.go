package search

import (
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
)

// FilterData is the text of a filter.
type FilterData string

// BuildExpr compiles the filter into an expression for a query of the builder.
// Placeholders ({:name}) take the first value that the replacements have for
// them. It returns the errors of Parse, and an error for a side of a
// comparison that does not resolve.
func (f FilterData) BuildExpr(resolver FieldResolver, replacements ...dbx.Params) (dbx.Expression, error) {
	condition, err := f.Build(resolver, replacements...)
	if err != nil {
		return nil, err
	}
	return condition.Expression(), nil
}

// Build compiles the filter into SQL, see BuildExpr.
func (f FilterData) Build(resolver FieldResolver, replacements ...dbx.Params) (Fragment, error) {
	node, err := Parse(string(f))
	if err != nil {
		return Fragment{}, err
	}
	condition, err := compileNode(node, newScope(resolver, replacements))
	condition.Args = plainArgs(condition.Args)
	return condition, err
}

// Expression returns the fragment as an expression of the query builder.
func (f Fragment) Expression() dbx.Expression { return f }

// Named returns the SQL with a named placeholder, whose name starts with
// prefix, for each argument, and the values of the names.
func (f Fragment) Named(prefix string) (string, dbx.Params) {
	params := make(dbx.Params, len(f.Args))
	return f.named(prefix, params), params
}

// Build implements dbx.Expression.
func (f Fragment) Build(_ *dbx.DB, params dbx.Params) string {
	return f.named("s", params)
}

// named replaces each '?' with a named placeholder whose name, which starts
// with prefix, is not in use yet, and adds the arguments to params.
func (f Fragment) named(prefix string, params dbx.Params) string {
	if len(f.Args) == 0 {
		return f.SQL
	}
	var sb strings.Builder
	sb.Grow(len(f.SQL) + 8*len(f.Args))
	next := len(params)
	rest := f.SQL
	for _, arg := range f.Args {
		before, after, _ := strings.Cut(rest, "?")
		rest = after
		name := prefix + strconv.Itoa(next)
		for _, taken := params[name]; taken; _, taken = params[name] {
			next++
			name = prefix + strconv.Itoa(next)
		}
		params[name] = plainArg(arg)
		sb.WriteString(before)
		sb.WriteString("{:")
		sb.WriteString(name)
		sb.WriteByte('}')
	}
	sb.WriteString(rest)
	return sb.String()
}
