package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"github.com/tackleboxdev/tacklebox/core/db"
)

// Inspect implements db.Dialect.
func (Dialect) Inspect(ctx context.Context, q db.Querier, table string) (db.Table, error) {
	t := db.Table{}
	err := q.QueryRows(ctx, "SELECT name, type, sql FROM sqlite_schema WHERE type IN ('table', 'view') AND lower(name) = lower(?)", []any{table}, func(row []any) error {
		t.Name, _ = row[0].(string)
		t.View = row[1] == "view"
		t.SQL, _ = row[2].(string)
		return nil
	})
	if err == nil && t.Name == "" {
		err = sql.ErrNoRows
	}
	if err == nil {
		t.Columns, err = inspectColumns(ctx, q, table)
	}
	if err == nil {
		t.Indexes, err = inspectIndexes(ctx, q, table)
	}
	if err != nil {
		return db.Table{}, fmt.Errorf("inspect table %s: %w", table, err)
	}
	return t, nil
}

func inspectColumns(ctx context.Context, q db.Querier, table string) (cols []db.Column, err error) {
	const query = "SELECT name, type, `notnull`, dflt_value, pk FROM pragma_table_info(?)"
	err = q.QueryRows(ctx, query, []any{table}, func(row []any) error {
		c := db.Column{NotNull: row[2] == int64(1)}
		c.Name, _ = row[0].(string)
		c.Type, _ = row[1].(string)
		c.Default, c.HasDefault = row[3].(string)
		pk, _ := row[4].(int64)
		c.PrimaryKey = int(pk)
		cols = append(cols, c)
		return nil
	})
	return cols, err
}

func inspectIndexes(ctx context.Context, q db.Querier, table string) (list []db.Index, err error) {
	const query = "SELECT s.name, s.sql, l.`unique`, i.name FROM sqlite_schema s " +
		"JOIN pragma_index_list(s.tbl_name) l ON l.name = s.name JOIN pragma_index_info(s.name) i " +
		"WHERE s.type = 'index' AND s.sql IS NOT NULL AND lower(s.tbl_name) = lower(?) ORDER BY s.name, i.seqno"
	err = q.QueryRows(ctx, query, []any{table}, func(row []any) error {
		name, _ := row[0].(string)
		if n := len(list); n == 0 || list[n-1].Name != name {
			text, _ := row[1].(string)
			list = append(list, db.Index{Name: name, SQL: text, Unique: row[2] == int64(1)})
		}
		col, _ := row[3].(string)
		last := &list[len(list)-1]
		last.Columns = append(last.Columns, col)
		return nil
	})
	return list, err
}
