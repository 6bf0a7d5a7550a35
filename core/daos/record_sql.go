package daos

import (
	"slices"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// The statements for whole rows name the columns in the order of Collection.Columns, so
// that values go in and out by position. Their text depends on the collection alone,
// which lets the database keep them prepared.

// recordColumns returns the quoted column list of a collection. A field that a view does not
// yield any more is NULL.
func (d *Dao) recordColumns(c *models.Collection, prefix string) string {
	gaps := d.viewGaps(c)
	var b strings.Builder
	for i, name := range c.Columns() {
		if i > 0 {
			b.WriteString(", ")
		}
		if slices.Contains(gaps, name) {
			b.WriteString("NULL")
			continue
		}
		b.WriteString(prefix)
		b.WriteString(d.quote(name))
	}
	return b.String()
}

// viewGaps returns the fields that a view does not yield.
func (d *Dao) viewGaps(c *models.Collection) []string {
	if !c.IsView() {
		return nil
	}
	set, err := d.collections.set(d.ctx)
	if err != nil {
		return nil // the query that is being made will tell
	}
	return set.gaps[c.Id]
}

func (d *Dao) insertRecord(r *models.Record) db.Op {
	c := r.Collection()
	var b strings.Builder
	b.WriteString("INSERT INTO " + d.quote(c.Name) + " (" + d.recordColumns(c, "") + ") VALUES (")
	for i := range c.Columns() {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(d.q.Dialect().Placeholder(i + 1))
	}
	b.WriteByte(')')
	return db.Op{SQL: b.String(), Args: r.BindValues()}
}

func (d *Dao) updateRecord(r *models.Record) db.Op {
	c := r.Collection()
	values := r.BindValues()
	args := make([]any, 0, len(values)+1)
	var b strings.Builder
	b.WriteString("UPDATE " + d.quote(c.Name) + " SET ")
	for i, name := range c.Columns() {
		if name == schema.FieldNameId {
			continue
		}
		if len(args) > 0 {
			b.WriteString(", ")
		}
		args = append(args, values[i])
		b.WriteString(d.quote(name) + " = " + d.q.Dialect().Placeholder(len(args)))
	}
	args = append(args, r.Id)
	b.WriteString(" WHERE " + d.quote(schema.FieldNameId) + " = " + d.q.Dialect().Placeholder(len(args)))
	return db.Op{SQL: b.String(), Args: args}
}

// recordSelect starts a query for whole rows of a collection.
func (d *Dao) recordSelect(c *models.Collection) string {
	return "SELECT " + d.recordColumns(c, "") + " FROM " + d.quote(c.Name)
}

// queryRecords runs a query that starts with recordSelect. The size is a guess at the number
// of rows.
func (d *Dao) queryRecords(c *models.Collection, size int, query string, args ...any) ([]*models.Record, error) {
	loader := models.NewRecordLoader(c, size)
	records := make([]*models.Record, 0, size)
	err := d.queryRows(query, args, func(row []any) error {
		records = append(records, loader.Load(row))
		return nil
	})
	if err != nil {
		return nil, err
	}
	return records, nil
}

// placeholders returns "?, ?, …" for n arguments that follow after others.
func (d *Dao) placeholders(after, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(d.q.Dialect().Placeholder(after + i + 1))
	}
	return b.String()
}
