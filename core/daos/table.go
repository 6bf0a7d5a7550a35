package daos

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// HasTable reports whether there is a table or view of that name, in any letter case.
func (d *Dao) HasTable(tableName string) bool {
	_, err := d.inspect(tableName)
	return err == nil
}

// TableColumns returns the names of the columns of a table or view. It is empty for a table
// that does not exist.
func (d *Dao) TableColumns(tableName string) ([]string, error) {
	table, err := d.inspect(tableName)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	names := make([]string, len(table.Columns))
	for i, c := range table.Columns {
		names[i] = c.Name
	}
	return names, nil
}

// TableInfo describes the columns of a table or view. It is an error if there is none.
func (d *Dao) TableInfo(tableName string) ([]*models.TableInfoRow, error) {
	table, err := d.inspect(tableName)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	if len(table.Columns) == 0 {
		return nil, fmt.Errorf("empty table info probably due to invalid or missing table %s", tableName)
	}
	rows := make([]*models.TableInfoRow, len(table.Columns))
	for i, c := range table.Columns {
		rows[i] = &models.TableInfoRow{PK: c.PrimaryKey, Index: i, Name: c.Name, Type: c.Type, NotNull: c.NotNull}
		if c.HasDefault {
			rows[i].DefaultValue = types.JsonRaw(c.Default)
		}
	}
	return rows, nil
}

// TableIndexes returns the statements of the table's indexes by index name.
func (d *Dao) TableIndexes(tableName string) (map[string]string, error) {
	table, err := d.inspect(tableName)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, err
	}
	indexes := make(map[string]string, len(table.Indexes))
	for _, index := range table.Indexes {
		indexes[index.Name] = index.SQL
	}
	return indexes, nil
}

// DeleteTable drops a table with its rows if it exists.
func (d *Dao) DeleteTable(tableName string) error {
	return d.execSQL("DROP TABLE IF EXISTS " + d.quote(tableName))
}

// DeleteView drops a view if it exists.
func (d *Dao) DeleteView(name string) error {
	return d.execSQL("DROP VIEW IF EXISTS " + d.quote(name))
}

// Vacuum gives unused space back to the file system. It fails inside of a transaction.
func (d *Dao) Vacuum() error {
	_, err := d.DB().NewQuery("VACUUM").WithContext(d.ctx).Execute()
	return d.classify(err)
}

func (d *Dao) inspect(tableName string) (db.Table, error) {
	return d.q.Dialect().Inspect(d.ctx, d.q, tableName)
}

// sameName compares names of tables or columns as the database does.
func sameName(a, b string) bool { return strings.EqualFold(a, b) }
