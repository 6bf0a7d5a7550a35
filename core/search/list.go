package search

import (
	"errors"
	"fmt"
	"math"
	"net/url"
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
)

// ListQuery is what a list is asked for, without its paging.
type ListQuery struct {
	// Filters all have to hold.
	Filters []FilterData
	// Params are the values of placeholders in the filters.
	Params []dbx.Params
	// Sort orders the rows, the first field first.
	Sort []SortField
}

// Compiled is the SQL of a list. Its parts follow each other as
// SELECT … FROM <table> <Joins> WHERE <Where> ORDER BY <OrderBy>, with '?' for
// every argument; a part that is not needed is empty.
type Compiled struct {
	Joins     string
	JoinArgs  []any
	Where     string
	WhereArgs []any
	OrderBy   string
	OrderArgs []any
	// HasJoins reports whether there is any join.
	HasJoins bool
	// Distinct reports whether a join can repeat rows, so that the query has
	// to be SELECT DISTINCT and the count COUNT(DISTINCT id).
	Distinct bool
	// CountJoins, CountJoinArgs and CountDistinct are Joins, JoinArgs and
	// Distinct without what only the order needs.
	CountJoins    string
	CountJoinArgs []any
	CountDistinct bool
}

// Args returns the arguments of the whole query in the order of its parts.
func (c *Compiled) Args() []any {
	args := make([]any, 0, len(c.JoinArgs)+len(c.WhereArgs)+len(c.OrderArgs))
	return append(append(append(args, c.JoinArgs...), c.WhereArgs...), c.OrderArgs...)
}

// CountArgs returns the arguments of the query that counts the rows.
func (c *Compiled) CountArgs() []any {
	return append(append(make([]any, 0, len(c.CountJoinArgs)+len(c.WhereArgs)), c.CountJoinArgs...), c.WhereArgs...)
}

// Compile compiles a list. The resolver has to be new: what it resolved before
// would add its joins. With a Planner the SQL of a list that was compiled
// before is used again. Compile returns the errors of Parse, and an error for a
// name that does not resolve.
func Compile(q ListQuery, resolver FieldResolver) (*Compiled, error) {
	if err := checkSortFields(q.Sort); err != nil {
		return nil, err
	}
	s := newScope(resolver, q.Params)
	var plans *Plans
	var key string
	planner, ok := resolver.(Planner)
	if ok {
		plans, key = planner.Plans()
	}
	if plans != nil {
		key = planKey(q, key)
		if compiled, ok := plans.find(key, s); ok {
			return compiled, nil
		}
		planner.Reset() // a plan that does not fit may have resolved something
		s.recorder = &recorder{}
	}
	compiled, err := compileList(q, s)
	if err != nil {
		return nil, err
	}
	if added, ok := newPlan(compiled, s.recorder); ok {
		plans.keep(key, added)
	}
	compiled.JoinArgs, compiled.CountJoinArgs = plainArgs(compiled.JoinArgs), plainArgs(compiled.CountJoinArgs)
	compiled.WhereArgs, compiled.OrderArgs = plainArgs(compiled.WhereArgs), plainArgs(compiled.OrderArgs)
	return compiled, nil
}

func compileList(q ListQuery, s *scope) (*Compiled, error) {
	compiled := &Compiled{}
	for _, filter := range q.Filters {
		node, err := Parse(string(filter))
		if err != nil {
			return nil, err
		}
		condition, err := compileNode(node, s)
		if err != nil {
			return nil, err
		}
		compiled.and(condition)
	}
	compiled.CountJoins, compiled.CountJoinArgs, compiled.CountDistinct = joinText(s.resolver)
	for _, field := range q.Sort {
		term, err := field.build(s)
		if err != nil {
			return nil, err
		}
		if compiled.OrderBy != "" {
			compiled.OrderBy += ", "
		}
		compiled.OrderBy += term.SQL
		compiled.OrderArgs = append(compiled.OrderArgs, term.Args...)
	}
	compiled.Joins, compiled.JoinArgs, compiled.Distinct = joinText(s.resolver)
	compiled.HasJoins = compiled.Joins != ""
	return compiled, nil
}

func (c *Compiled) and(condition Fragment) {
	if c.Where != "" {
		c.Where += " AND "
	}
	c.Where += condition.SQL
	c.WhereArgs = append(c.WhereArgs, condition.Args...)
}

// joinText writes the joins that the resolver has collected so far.
func joinText(resolver FieldResolver) (text string, args []any, distinct bool) {
	joiner, ok := resolver.(Joiner)
	if !ok {
		return "", nil, false
	}
	joins := joiner.Joins()
	if len(joins) == 0 {
		return "", nil, false
	}
	var sb strings.Builder
	for i, join := range joins {
		if i > 0 {
			sb.WriteByte(' ')
		}
		sb.WriteString("LEFT JOIN " + join.Table.SQL + " ON " + join.On.SQL)
		args = append(append(args, join.Table.Args...), join.On.Args...)
		distinct = distinct || join.FanOut
	}
	return sb.String(), args, distinct
}

// ListParams are the list parameters of a query string.
type ListParams struct {
	Page, PerPage int
	SkipTotal     bool
	Sort          string
	Filter        string
}

// ParseListParams reads page, perPage, skipTotal, sort and filter from a query
// string; page and perPage come back within their bounds. It fails for a query
// string or value that is malformed.
func ParseListParams(urlQuery string) (ListParams, error) {
	params := ListParams{Page: 1, PerPage: DefaultPerPage}
	values, err := url.ParseQuery(urlQuery)
	if err != nil {
		return params, fmt.Errorf("parse query string: %w", err)
	}
	if text := values.Get("skipTotal"); text != "" {
		if params.SkipTotal, err = strconv.ParseBool(text); err != nil {
			return params, errors.New("invalid skipTotal value")
		}
	}
	if text := values.Get("page"); text != "" {
		if params.Page, err = strconv.Atoi(text); err != nil {
			return params, errors.New("invalid page value")
		}
	}
	if text := values.Get("perPage"); text != "" {
		if params.PerPage, err = strconv.Atoi(text); err != nil {
			return params, errors.New("invalid perPage value")
		}
	}
	params.Page, params.PerPage = boundPage(params.Page, params.PerPage)
	params.Sort, params.Filter = values.Get("sort"), values.Get("filter")
	return params, nil
}

func boundPage(page, perPage int) (boundedPage, boundedPerPage int) {
	if perPage <= 0 {
		perPage = DefaultPerPage
	}
	return max(page, 1), min(perPage, MaxPerPage)
}

// Offset returns how many rows come before a page.
func Offset(page, perPage int) int64 {
	if page <= 1 {
		return 0
	}
	if before := int64(page - 1); before <= math.MaxInt64/int64(perPage) {
		return before * int64(perPage)
	}
	return math.MaxInt64
}
