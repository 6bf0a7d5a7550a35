package daos

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/db/sqltext"
	"github.com/tackleboxdev/tacklebox/core/models"
)

const codeInvalidIndex = "validation_invalid_index_expression"

// createAuthIndexes makes the indexes every auth collection has. They carry the id, so that
// they outlive a rename of the collection.
func (d *Dao) createAuthIndexes(c *models.Collection) error {
	for _, index := range []struct{ column, where string }{
		{"username", ""},
		{"email", " WHERE `email` != ''"},
		{"tokenKey", ""},
	} {
		name := "_" + c.Id + "_" + index.column + "_idx"
		err := d.execSQL("CREATE UNIQUE INDEX " + d.quote(name) + " ON " + d.quote(c.Name) + " (" + d.quote(index.column) + ")" + index.where)
		if err != nil {
			return wrapf(err, "create the index %q", name)
		}
	}
	return nil
}

// keepsIndexes reports whether the indexes that both definitions list can stay: nothing they
// may be built on has changed.
func keepsIndexes(c, old *models.Collection, changes fieldChanges) bool {
	return c.Name == old.Name && !changes.touchesColumns()
}

// dropIndexes drops the listed indexes that are not to stay, before the columns change.
func (d *Dao) dropIndexes(c, old *models.Collection, changes fieldChanges) error {
	keep := keepsIndexes(c, old, changes)
	for _, text := range old.Indexes {
		index, err := sqltext.ParseIndex(text)
		if err != nil || keep && slices.Contains(c.Indexes, text) {
			continue
		}
		if err := d.execSQL("DROP INDEX IF EXISTS " + d.quote(index.Name)); err != nil {
			return wrapf(err, "drop the index %q", index.Name)
		}
	}
	return nil
}

// renewIndexes creates the listed indexes that are not there.
func (d *Dao) renewIndexes(c, old *models.Collection, changes fieldChanges) error {
	if !keepsIndexes(c, old, changes) {
		return d.createIndexes(c, c.Indexes)
	}
	present, err := d.TableIndexes(c.Name)
	if err != nil {
		return err
	}
	return d.createIndexes(c, slices.Collect(func(yield func(string) bool) {
		for _, text := range c.Indexes {
			index, err := sqltext.ParseIndex(text)
			_, exists := present[index.Name]
			stays := err == nil && exists && slices.Contains(old.Indexes, text)
			if !stays && !yield(text) {
				return
			}
		}
	}))
}

// createIndexes creates indexes on the collection's own table, whatever table the statements
// name. A failure is reported under the position in the collection's list.
func (d *Dao) createIndexes(c *models.Collection, statements []string) error {
	errs := validation.Errors{}
	for _, text := range statements {
		position := strconv.Itoa(slices.Index(c.Indexes, text))
		index, err := sqltext.ParseIndex(text)
		if err != nil {
			errs[position] = validation.NewError(codeInvalidIndex, "Invalid CREATE INDEX expression")
			continue
		}
		index.Table = c.Name
		if err := d.execSQL(index.String()); err != nil {
			message := strings.TrimSuffix(err.Error(), ".")
			errs[position] = validation.NewError(codeInvalidIndex, fmt.Sprintf("Failed to create index %s - %s", index.Name, message))
		}
	}
	if len(errs) > 0 {
		return validation.Errors{"indexes": errs}
	}
	return nil
}
