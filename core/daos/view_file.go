package daos

import (
	"errors"
	"fmt"

	"github.com/tackleboxdev/tacklebox/core/db/sqltext"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// maxViewNesting bounds how many views a file is followed through.
const maxViewNesting = 5

// FindRecordByViewFile returns the stored record that owns a file which a view shows in one of
// its file fields. It returns sql.ErrNoRows when no record has the file.
func (d *Dao) FindRecordByViewFile(viewCollectionNameOrId string, fileFieldName string, filename string) (*models.Record, error) {
	c, err := d.collection(viewCollectionNameOrId)
	if err != nil {
		return nil, err
	}
	field := c.Schema.GetFieldByName(fileFieldName)
	if !c.IsView() {
		return nil, fmt.Errorf("%q is not a view", c.Name)
	}
	for range maxViewNesting {
		if field == nil || field.Type != schema.FieldTypeFile {
			return nil, fmt.Errorf("%q has no file field %q", c.Name, fileFieldName)
		}
		if c, field, err = d.viewFieldSource(c, field.Name); err != nil {
			return nil, err
		}
		if !c.IsView() {
			return d.recordOfFile(c, field, filename)
		}
	}
	return nil, errors.New("the views are nested too deep to find the owner of the file")
}

// viewFieldSource returns where a field of a view is copied from.
func (d *Dao) viewFieldSource(view *models.Collection, name string) (*models.Collection, *schema.SchemaField, error) {
	query, err := sqltext.ParseSelect(view.ViewOptions().Query)
	if err != nil {
		return nil, nil, err
	}
	for _, column := range query.Columns {
		if !sameName(column.Name(), name) {
			continue
		}
		if c, source := d.columnSource(query, column); c != nil {
			if f := fieldByFoldedName(c, source); f != nil {
				return c, f, nil
			}
		}
	}
	return nil, nil, fmt.Errorf("couldn't find where view %q takes %q from", view.Name, name)
}

// recordOfFile finds the record of a collection whose file field holds the name.
func (d *Dao) recordOfFile(c *models.Collection, field *schema.SchemaField, filename string) (*models.Record, error) {
	column, value := d.quote(field.Name), d.q.Dialect().Placeholder(1)
	where := column + " = " + value
	if schema.IsMultiple(field) {
		where = "EXISTS (SELECT 1 FROM " + d.q.Dialect().JSONEach(column) + " je WHERE je.value = " + value + ")"
	}
	return firstRecord(d.queryRecords(c, 1, d.recordSelect(c)+" WHERE "+where+" LIMIT 1", filename))
}
