package daos

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/resolver"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// idsPerQuery bounds the ids that are bound in one query.
const idsPerQuery = 500

// FindRecordById returns the record with the id. Filters, if any, narrow the query down. The
// error is sql.ErrNoRows if there is no such record or collection.
func (d *Dao) FindRecordById(collectionNameOrId string, recordId string, optFilters ...func(q *dbx.SelectQuery) error) (*models.Record, error) {
	c, err := d.collection(collectionNameOrId)
	if err != nil {
		return nil, err
	}
	return d.FindRecordIn(c, recordId, optFilters...)
}

// FindRecordIn is FindRecordById for a collection that is at hand.
func (d *Dao) FindRecordIn(c *models.Collection, recordID string, optFilters ...func(q *dbx.SelectQuery) error) (*models.Record, error) {
	filters := slices.DeleteFunc(slices.Clone(optFilters), func(f func(*dbx.SelectQuery) error) bool { return f == nil })
	if len(filters) == 0 {
		records, err := d.queryRecords(c, 1, d.recordSelect(c)+" WHERE "+d.quote(schema.FieldNameId)+" = "+d.q.Dialect().Placeholder(1)+" LIMIT 1", recordID)
		return firstRecord(records, err)
	}
	query := d.RecordQuery(c).AndWhere(dbx.HashExp{c.Name + ".id": recordID}).Limit(1)
	for _, filter := range filters {
		if err := filter(query); err != nil {
			return nil, err
		}
	}
	return oneRecord(query)
}

// FindRecordsByIds returns the records with the ids, of which those that do not exist are left
// out. The order is that of the database.
func (d *Dao) FindRecordsByIds(collectionNameOrId string, recordIds []string, optFilters ...func(q *dbx.SelectQuery) error) ([]*models.Record, error) {
	c, err := d.collection(collectionNameOrId)
	if err != nil {
		return nil, err
	}
	filters := slices.DeleteFunc(slices.Clone(optFilters), func(f func(*dbx.SelectQuery) error) bool { return f == nil })
	records := []*models.Record{}
	for ids := range slices.Chunk(recordIds, idsPerQuery) {
		found, err := d.recordChunk(c, ids, filters)
		if err != nil {
			return nil, err
		}
		records = append(records, found...)
	}
	return records, nil
}

func (d *Dao) recordChunk(c *models.Collection, ids []string, filters []func(q *dbx.SelectQuery) error) ([]*models.Record, error) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	if len(filters) == 0 {
		return d.queryRecords(c, len(ids), d.recordSelect(c)+" WHERE "+d.quote(schema.FieldNameId)+" IN ("+d.placeholders(0, len(ids))+")", args...)
	}
	query := d.RecordQuery(c).AndWhere(dbx.In(c.Name+".id", args...))
	for _, filter := range filters {
		if err := filter(query); err != nil {
			return nil, err
		}
	}
	return allRecords(query)
}

// CountIDs returns how many rows of a table have one of the ids, which must differ.
func CountIDs(d *Dao, table string, ids ...string) (int, error) {
	total := 0
	for chunk := range slices.Chunk(ids, idsPerQuery) {
		args := make([]any, len(chunk))
		for i, id := range chunk {
			args[i] = id
		}
		id := d.quote(schema.FieldNameId)
		query := "SELECT " + id + " FROM " + d.quote(table) + " WHERE " + id + " IN (" + d.placeholders(0, len(chunk)) + ")"
		if err := d.queryRows(query, args, func([]any) error { total++; return nil }); err != nil {
			return 0, fmt.Errorf("count ids in %s: %w", table, err)
		}
	}
	return total, nil
}

// FindRecordsByExpr returns the records for which all expressions hold.
func (d *Dao) FindRecordsByExpr(collectionNameOrId string, exprs ...dbx.Expression) ([]*models.Record, error) {
	query := d.RecordQuery(collectionNameOrId)
	for _, expr := range exprs {
		if expr != nil {
			query.AndWhere(expr)
		}
	}
	return allRecords(query)
}

// FindFirstRecordByData returns a record whose column has the value, or sql.ErrNoRows.
func (d *Dao) FindFirstRecordByData(collectionNameOrId string, key string, value any) (*models.Record, error) {
	return oneRecord(d.RecordQuery(collectionNameOrId).AndWhere(dbx.HashExp{key: value}).Limit(1))
}

// FindRecordsByFilter returns the records that a filter selects, in the order of a sort list
// that may be empty. A limit that is not positive means all. Placeholders ({:name}) in the
// filter take their values from params.
func (d *Dao) FindRecordsByFilter(collectionNameOrId string, filter string, sort string, limit int, offset int, params ...dbx.Params) ([]*models.Record, error) {
	query, err := d.filterQuery(collectionNameOrId, filter, sort, params)
	if err != nil {
		return nil, err
	}
	if offset > 0 {
		query.Offset(int64(offset))
	}
	if limit > 0 {
		query.Limit(int64(limit))
	}
	return allRecords(query)
}

// FindFirstRecordByFilter returns the first record that a filter selects, or sql.ErrNoRows.
func (d *Dao) FindFirstRecordByFilter(collectionNameOrId string, filter string, params ...dbx.Params) (*models.Record, error) {
	query, err := d.filterQuery(collectionNameOrId, filter, "", params)
	if err != nil {
		return nil, err
	}
	return oneRecord(query.Limit(1))
}

func (d *Dao) filterQuery(nameOrID, filter, sort string, params []dbx.Params) (*dbx.SelectQuery, error) {
	c, err := d.collection(nameOrID)
	if err != nil {
		return nil, err
	}
	r := d.Resolver(c, nil, true)
	expr, err := search.FilterData(filter).BuildExpr(r, params...)
	if err != nil {
		return nil, err
	}
	query := d.RecordQuery(c).AndWhere(expr)
	for _, field := range search.ParseSortFromString(sort) {
		term, err := field.BuildExpr(r)
		if err != nil {
			return nil, err
		}
		query.AndOrderBy(term)
	}
	return query, r.UpdateQuery(query)
}

// Resolver returns a resolver for one query over the records of a collection; see
// resolver.New.
func (d *Dao) Resolver(c *models.Collection, info *models.RequestInfo, allowHiddenFields bool) *resolver.Resolver {
	return resolver.New(d.CollectionFinder(), c, info, allowHiddenFields).WithDialect(d.q.Dialect())
}

// IsRecordValueUnique reports whether no other record has the value in the column. Usernames
// are compared in any letter case.
func (d *Dao) IsRecordValueUnique(collectionNameOrId string, key string, value any, excludeIds ...string) bool {
	c, err := d.collection(collectionNameOrId)
	if err != nil {
		return false
	}
	var match dbx.Expression = dbx.HashExp{key: value}
	switch {
	case c.IsAuth() && key == schema.FieldNameUsername:
		match = dbx.NewExp(d.usernameInAnyCase(c, "{:username}"), dbx.Params{"username": value})
	case c.IsAuth() && key == schema.FieldNameEmail:
		match = dbx.NewExp(d.emailIs(value, "{:email}"), dbx.Params{"email": value})
	}
	query := d.DB().Select("(1)").From(c.Name).AndWhere(match).Limit(1).WithContext(d.ctx)
	if ids := nonEmpty(excludeIds); len(ids) > 0 {
		query.AndWhere(dbx.NotIn("id", ids...))
	}
	var taken bool
	return errors.Is(query.Row(&taken), sql.ErrNoRows)
}

// nonEmpty returns the texts that are not empty as bindable values.
func nonEmpty(list []string) []any {
	var out []any
	for _, s := range list {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

func firstRecord(records []*models.Record, err error) (*models.Record, error) {
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, sql.ErrNoRows
	}
	return records[0], nil
}

func oneRecord(query *dbx.SelectQuery) (*models.Record, error) {
	record := &models.Record{}
	if err := query.One(record); err != nil {
		return nil, err
	}
	return record, nil
}

func allRecords(query *dbx.SelectQuery) ([]*models.Record, error) {
	records := []*models.Record{}
	if err := query.All(&records); err != nil {
		return nil, err
	}
	return records, nil
}
