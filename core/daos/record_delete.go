package daos

import (
	"fmt"
	"slices"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// cascadeBatch is how many referencing records are loaded at a time.
const cascadeBatch = 200

// DeleteRecord removes a record and every mention of it, in one transaction: links of an
// account to OAuth2 providers go first, then the record, then the other records that refer to
// it are updated or, where the relation cascades and nothing else remains in it, deleted.
//
// It fails, and changes nothing, when a required relation would become empty.
func (d *Dao) DeleteRecord(record *models.Record) error {
	c := record.Collection()
	if c == nil || c.IsView() {
		return fmt.Errorf("delete record: %q holds no stored records", record.TableName())
	}
	return d.RunInTransaction(func(tx *Dao) error {
		erase := func() error {
			if err := tx.deleteExternalAuths(record); err != nil {
				return err
			}
			return tx.deleter(record)()
		}
		return tx.remove(record, erase, func() error { return tx.releaseReferences(record) })
	})
}

// releaseReferences takes the deleted record out of all relations.
func (d *Dao) releaseReferences(deleted *models.Record) error {
	refs, err := d.references(deleted.Collection().Id)
	if err != nil {
		return err
	}
	for _, ref := range refs {
		if ref.collection.IsView() {
			continue
		}
		for _, field := range ref.fields {
			if err := d.releaseField(deleted, ref.collection, field); err != nil {
				return err
			}
		}
	}
	return nil
}

// releaseField goes through the referencing records in batches, ordered by id so that one that
// a hook kept as it is does not come up again.
func (d *Dao) releaseField(deleted *models.Record, c *models.Collection, field *schema.SchemaField) error {
	query, args := d.referencingQuery(deleted.Id, c, field)
	last := ""
	for {
		records, err := d.queryRecords(c, cascadeBatch, query, append(slices.Clone(args), last, cascadeBatch)...)
		if err != nil {
			return err
		}
		for _, record := range records {
			last = record.Id
			if err := d.releaseRecord(deleted.Id, record, field); err != nil {
				return err
			}
		}
		if len(records) < cascadeBatch {
			return nil
		}
	}
}

// referencingQuery selects the records after an id that refer to the deleted one. The LIKE of a
// multiple relation is a cheap first look that may find too much.
func (d *Dao) referencingQuery(id string, c *models.Collection, field *schema.SchemaField) (string, []any) {
	dialect := d.q.Dialect()
	column := d.quote(field.Name)
	var where string
	var args []any
	if schema.IsMultiple(field) {
		where = column + " LIKE " + dialect.Placeholder(1) + " AND EXISTS (SELECT 1 FROM " +
			dialect.JSONEach(column) + " je WHERE je.value = " + dialect.Placeholder(2) + ")"
		args = []any{"%" + id + "%", id}
	} else {
		where = column + " = " + dialect.Placeholder(1)
		args = []any{id}
	}
	idColumn := d.quote(schema.FieldNameId)
	return d.recordSelect(c) + " WHERE " + where + " AND " + idColumn + " > " + dialect.Placeholder(len(args)+1) +
		" ORDER BY " + idColumn + " LIMIT " + dialect.Placeholder(len(args)+2), args
}

func (d *Dao) releaseRecord(deletedID string, record *models.Record, field *schema.SchemaField) error {
	ids := slices.DeleteFunc(record.GetStringSlice(field.Name), func(id string) bool { return id == deletedID })
	record.Set(field.Name, ids)
	if len(ids) > 0 {
		return d.SaveRecord(record)
	}
	options, ok := field.Options.(*schema.RelationOptions)
	switch {
	case ok && options.CascadeDelete:
		return d.DeleteRecord(record)
	case field.Required:
		return fmt.Errorf("the record is part of a required relation of another one (%s %s)", record.TableName(), record.Id)
	}
	return d.SaveRecord(record)
}
