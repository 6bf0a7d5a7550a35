package search

import (
	"errors"
	"fmt"
	"reflect"
	"strconv"

	"github.com/pocketbase/dbx"
)

// ErrEmptyQuery is returned by Provider.Exec when there is no query to run.
var ErrEmptyQuery = errors.New("search query is not set")

// Provider runs a list over a query of the builder. Its setters return it, so
// that they can be chained. It is for one list and one goroutine.
type Provider struct {
	resolver    FieldResolver
	query       *dbx.SelectQuery
	countColumn string
	skipTotal   bool
	page        int
	perPage     int
	sort        []SortField
	filter      []FilterData
}

// NewProvider returns a provider for the first page, unsorted and unfiltered.
func NewProvider(resolver FieldResolver) *Provider {
	return &Provider{resolver: resolver, countColumn: "id", page: 1, perPage: DefaultPerPage}
}

// Query sets the query to search in. Exec works on a copy of it.
func (p *Provider) Query(query *dbx.SelectQuery) *Provider {
	p.query = query
	return p
}

// CountColumn sets the column whose distinct values are counted; id by default.
func (p *Provider) CountColumn(name string) *Provider {
	p.countColumn = name
	return p
}

// SkipTotal sets whether to leave out the totals.
func (p *Provider) SkipTotal(skip bool) *Provider {
	p.skipTotal = skip
	return p
}

// Page sets the number of the page, from 1.
func (p *Provider) Page(page int) *Provider {
	p.page = page
	return p
}

// PerPage sets the size of the page.
func (p *Provider) PerPage(perPage int) *Provider {
	p.perPage = perPage
	return p
}

// Sort replaces the sort fields.
func (p *Provider) Sort(sort []SortField) *Provider {
	p.sort = sort
	return p
}

// AddSort adds a sort field after the others.
func (p *Provider) AddSort(field SortField) *Provider {
	p.sort = append(p.sort, field)
	return p
}

// Filter replaces the filters, which all have to hold.
func (p *Provider) Filter(filter []FilterData) *Provider {
	p.filter = filter
	return p
}

// AddFilter adds a filter; one without text is left out.
func (p *Provider) AddFilter(filter FilterData) *Provider {
	if filter != "" {
		p.filter = append(p.filter, filter)
	}
	return p
}

// Parse takes the list parameters of a query string; sort and filter are added
// to those already there. It fails as ParseListParams does.
func (p *Provider) Parse(urlQuery string) error {
	params, err := ParseListParams(urlQuery)
	if err != nil {
		return err
	}
	p.page, p.perPage, p.skipTotal = params.Page, params.PerPage, params.SkipTotal
	for _, field := range ParseSortFromString(params.Sort) {
		p.AddSort(field)
	}
	p.AddFilter(FilterData(params.Filter))
	return nil
}

// Exec runs the list and fills items, a pointer to a slice. It returns
// ErrEmptyQuery without a query, the errors of the filters and sort fields, and
// those of the database.
func (p *Provider) Exec(items any) (*Result, error) {
	if p.query == nil {
		return nil, ErrEmptyQuery
	}
	if err := checkSortFields(p.sort); err != nil {
		return nil, err
	}
	query := *p.query
	if err := p.apply(&query); err != nil {
		return nil, err
	}
	page, perPage := boundPage(p.page, p.perPage)
	rows := query
	rows.Limit(int64(perPage)).Offset(Offset(page, perPage))
	if err := rows.All(items); err != nil {
		return nil, fmt.Errorf("list rows: %w", err)
	}
	if p.skipTotal {
		return NewResult(page, perPage, -1, items), nil
	}
	total, ok := ShortTotal(page, perPage, reflect.ValueOf(items).Elem().Len())
	if !ok {
		var err error
		if total, err = p.count(&query); err != nil {
			return nil, err
		}
	}
	return NewResult(page, perPage, total, items), nil
}

// ParseAndExec is Parse followed by Exec.
func (p *Provider) ParseAndExec(urlQuery string, items any) (*Result, error) {
	if err := p.Parse(urlQuery); err != nil {
		return nil, err
	}
	return p.Exec(items)
}

// apply adds the filters, the order and what they need to the query.
func (p *Provider) apply(query *dbx.SelectQuery) error {
	for _, filter := range p.filter {
		expr, err := filter.BuildExpr(p.resolver)
		if err != nil {
			return err
		}
		query.AndWhere(expr)
	}
	for i, field := range p.sort {
		term, err := field.build(newScope(p.resolver, nil))
		if err != nil {
			return err
		}
		column, params := term.Named("o" + strconv.Itoa(i) + "_")
		query.AndOrderBy(column).AndBind(params)
	}
	if err := p.resolver.UpdateQuery(query); err != nil {
		return fmt.Errorf("update search query: %w", err)
	}
	return nil
}

func (p *Provider) count(query *dbx.SelectQuery) (int, error) {
	counting := *query
	var total int
	err := counting.Distinct(false).
		Select("COUNT(DISTINCT [[" + p.countColumn + "]])").
		OrderBy().
		Row(&total)
	if err != nil {
		return 0, fmt.Errorf("count rows: %w", err)
	}
	return total, nil
}
