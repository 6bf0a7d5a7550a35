package daos

import (
	"context"
	"slices"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// deepOffset is the offset from which on a page's ids are selected before its rows: skipping
// over ids costs a fraction of skipping over rows.
const deepOffset = 200

// ListOptions says which page of a list is wanted.
type ListOptions struct {
	search.ListQuery
	// Page counts from 1. A page or size out of bounds is brought within.
	Page, PerPage int
	// SkipTotal leaves out the totals.
	SkipTotal bool
	// Resolver tells what the names in filters and sort fields stand for. It has to be new.
	Resolver search.FieldResolver
}

// ListRecords returns a page of the records of a collection by way of prepared queries. The
// items of the result are the records. The total is not counted when the page itself tells it.
// It returns the errors of search.Compile.
func (d *Dao) ListRecords(ctx context.Context, c *models.Collection, o ListOptions) (*search.Result, []*models.Record, error) {
	compiled, err := search.Compile(o.ListQuery, o.Resolver)
	if err != nil {
		return nil, nil, err
	}
	l := recordList{dao: d.WithContext(ctx), collection: c, Compiled: compiled}
	page, perPage := max(o.Page, 1), o.PerPage
	if perPage <= 0 {
		perPage = search.DefaultPerPage
	}
	perPage = min(perPage, search.MaxPerPage)

	records, err := l.page(perPage, search.Offset(page, perPage)) //nolint:contextcheck // the dao of the list is bound to it
	if err != nil {
		return nil, nil, err
	}
	total := -1
	if !o.SkipTotal {
		known := false
		if total, known = search.ShortTotal(page, perPage, len(records)); !known {
			if total, err = l.count(); err != nil {
				return nil, nil, err
			}
		}
	}
	return search.NewResult(page, perPage, total, &records), records, nil
}

// recordList is a compiled list of one collection.
type recordList struct {
	*search.Compiled

	dao        *Dao
	collection *models.Collection
}

// page loads the rows of a page.
func (l *recordList) page(limit int, offset int64) ([]*models.Record, error) {
	if offset >= deepOffset && !l.Distinct {
		return l.deepPage(limit, offset)
	}
	query := "SELECT "
	if l.Distinct {
		query += "DISTINCT "
	}
	query += l.dao.recordColumns(l.collection, l.table()+".")
	query, args := l.complete(query, limit, offset)
	return l.dao.queryRecords(l.collection, min(limit, 100), query, args...)
}

// deepPage selects the ids of a page first and then its rows, and puts these in the order of
// the ids.
func (l *recordList) deepPage(limit int, offset int64) ([]*models.Record, error) {
	query, args := l.complete("SELECT "+l.table()+"."+l.dao.quote(schema.FieldNameId), limit, offset)
	var ids []string
	err := l.dao.queryRows(query, args, func(row []any) error {
		id, _ := row[0].(string)
		ids = append(ids, id)
		return nil
	})
	if err != nil {
		return nil, err
	}
	rows := make(map[string]*models.Record, len(ids))
	for chunk := range slices.Chunk(ids, idsPerQuery) {
		found, err := l.dao.recordChunk(l.collection, chunk, nil)
		if err != nil {
			return nil, err
		}
		for _, r := range found {
			rows[r.Id] = r
		}
	}
	records := make([]*models.Record, 0, len(ids))
	for _, id := range ids {
		if r, ok := rows[id]; ok { // it may have been deleted meanwhile
			records = append(records, r)
		}
	}
	return records, nil
}

// count returns the number of all rows.
func (l *recordList) count() (int, error) {
	expr := "COUNT(*)"
	if l.CountDistinct {
		expr = "COUNT(DISTINCT " + l.table() + "." + l.dao.quote(schema.FieldNameId) + ")"
	}
	var b strings.Builder
	b.WriteString("SELECT " + expr + " FROM " + l.table())
	if l.CountJoins != "" {
		b.WriteString(" " + l.CountJoins)
	}
	if l.Where != "" {
		b.WriteString(" WHERE " + l.Where)
	}
	var total int64
	err := l.dao.queryRows(b.String(), l.CountArgs(), func(row []any) error {
		total, _ = row[0].(int64)
		return nil
	})
	return int(total), err
}

// complete adds what follows the selected columns.
func (l *recordList) complete(query string, limit int, offset int64) (string, []any) {
	var b strings.Builder
	b.WriteString(query + " FROM " + l.table())
	if l.Joins != "" {
		b.WriteString(" " + l.Joins)
	}
	if l.Where != "" {
		b.WriteString(" WHERE " + l.Where)
	}
	if l.OrderBy != "" {
		b.WriteString(" ORDER BY " + l.OrderBy)
	}
	b.WriteString(" LIMIT ? OFFSET ?")
	return b.String(), append(l.Args(), limit, offset)
}

func (l *recordList) table() string { return l.dao.quote(l.collection.Name) }
