package daos

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/security"
)

// SyncRecordTableSchema brings the table of a base or auth collection in line with its new
// definition: it creates the table when oldCollection is nil, else it renames the table, drops,
// renames and adds columns, converts values between single and multiple, and renews the
// indexes. Views are left alone. It runs in one transaction.
func (d *Dao) SyncRecordTableSchema(newCollection, oldCollection *models.Collection) error {
	if newCollection.IsView() {
		return nil
	}
	return d.RunInTransaction(func(tx *Dao) error {
		defer tx.collections.Forget()
		if oldCollection == nil {
			return tx.createRecordTable(newCollection)
		}
		return tx.changeRecordTable(newCollection, oldCollection)
	})
}

func (d *Dao) createRecordTable(c *models.Collection) error {
	dialect := d.q.Dialect()
	columns := map[string]string{
		schema.FieldNameId:      dialect.ColumnType("id"),
		schema.FieldNameCreated: dialect.ColumnType("date"),
		schema.FieldNameUpdated: dialect.ColumnType("date"),
	}
	if c.IsAuth() {
		maps.Copy(columns, d.authColumns())
	}
	for _, f := range c.Schema.Fields() {
		columns[f.Name] = f.ColDefinition()
	}

	names := make([]string, 0, len(columns))
	for name := range columns {
		names = append(names, name)
	}
	slices.Sort(names)
	for i, name := range names {
		names[i] = d.quote(name) + " " + columns[name]
	}
	if err := d.execSQL("CREATE TABLE " + d.quote(c.Name) + " (" + strings.Join(names, ", ") + ")"); err != nil {
		return wrapf(err, "create the table of collection %q", c.Name)
	}
	if c.IsAuth() {
		if err := d.createAuthIndexes(c); err != nil {
			return err
		}
	}
	return d.createIndexes(c, c.Indexes)
}

// authColumns returns the columns that auth collections add.
func (d *Dao) authColumns() map[string]string {
	text, boolean := d.q.Dialect().ColumnType("text"), d.q.Dialect().ColumnType("bool")
	return map[string]string{
		schema.FieldNameUsername:               "TEXT NOT NULL",
		schema.FieldNameEmail:                  text,
		schema.FieldNameEmailVisibility:        boolean,
		schema.FieldNameVerified:               boolean,
		schema.FieldNameTokenKey:               "TEXT NOT NULL",
		schema.FieldNamePasswordHash:           "TEXT NOT NULL",
		schema.FieldNameLastResetSentAt:        text,
		schema.FieldNameLastVerificationSentAt: text,
		schema.FieldNameLastLoginAlertSentAt:   text,
	}
}

func (d *Dao) changeRecordTable(c, old *models.Collection) error {
	changes := compareFields(c, old)
	if err := d.dropIndexes(c, old, changes); err != nil {
		return err
	}
	if !sameName(c.Name, old.Name) {
		if err := d.execSQL("ALTER TABLE " + d.quote(old.Name) + " RENAME TO " + d.quote(c.Name)); err != nil {
			return wrapf(err, "rename the table of collection %q", old.Name)
		}
	}
	for _, f := range changes.removed {
		if err := d.execSQL("ALTER TABLE " + d.quote(c.Name) + " DROP COLUMN " + d.quote(f.Name)); err != nil {
			return wrapf(err, "drop the column %q of collection %q", f.Name, c.Name)
		}
	}
	if err := d.renameColumns(c.Name, changes.renamed); err != nil {
		return err
	}
	for _, f := range changes.added {
		if err := d.execSQL("ALTER TABLE " + d.quote(c.Name) + " ADD COLUMN " + d.quote(f.Name) + " " + f.ColDefinition()); err != nil {
			return wrapf(err, "add the column %q to collection %q", f.Name, c.Name)
		}
	}
	if err := d.convertColumns(c.Name, changes.converted); err != nil {
		return err
	}
	return d.renewIndexes(c, old, changes)
}

// fieldChange is a field before and after.
type fieldChange struct{ before, now *schema.SchemaField }

// fieldChanges is the difference between two definitions, matched by field id.
type fieldChanges struct {
	removed   []*schema.SchemaField
	added     []*schema.SchemaField
	renamed   []fieldChange
	converted []fieldChange // between single and multiple
}

// touchesColumns reports whether columns that an index may use go away or change.
func (c fieldChanges) touchesColumns() bool {
	return len(c.removed)+len(c.renamed)+len(c.converted) > 0
}

func compareFields(c, old *models.Collection) fieldChanges {
	var changes fieldChanges
	for _, before := range old.Schema.Fields() {
		if c.Schema.GetFieldById(before.Id) == nil {
			changes.removed = append(changes.removed, before)
		}
	}
	for _, now := range c.Schema.Fields() {
		before := old.Schema.GetFieldById(now.Id)
		if before == nil {
			changes.added = append(changes.added, now)
			continue
		}
		if before.Name != now.Name {
			changes.renamed = append(changes.renamed, fieldChange{before, now})
		}
		if schema.IsMultiple(before) != schema.IsMultiple(now) {
			changes.converted = append(changes.converted, fieldChange{before, now})
		}
	}
	return changes
}

// renameColumns renames columns, which views follow. Where columns exchange their names there is
// nothing to follow, and views on top of each other could not.
func (d *Dao) renameColumns(table string, renamed []fieldChange) error {
	if !exchangesNames(renamed) {
		return d.renameByTemporary(table, renamed)
	}
	return d.withoutViews(func() error { return d.renameByTemporary(table, renamed) })
}

// exchangesNames reports whether the names are the same before and after.
func exchangesNames(renamed []fieldChange) bool {
	before := map[string]bool{}
	for _, change := range renamed {
		before[strings.ToLower(change.before.Name)] = true
	}
	for _, change := range renamed {
		if !before[strings.ToLower(change.now.Name)] {
			return false
		}
	}
	return len(renamed) > 0
}

// renameByTemporary renames by way of temporary names, so that columns may swap theirs.
func (d *Dao) renameByTemporary(table string, renamed []fieldChange) error {
	rename := func(from, to string) error {
		return wrapf(
			d.execSQL("ALTER TABLE "+d.quote(table)+" RENAME COLUMN "+d.quote(from)+" TO "+d.quote(to)),
			"rename the column %q of %q", from, table,
		)
	}
	temporary := make([]string, len(renamed))
	for i, change := range renamed {
		temporary[i] = fmt.Sprintf("_%s%d", security.PseudorandomString(8), i)
		if err := rename(change.before.Name, temporary[i]); err != nil {
			return err
		}
	}
	for i, change := range renamed {
		if err := rename(temporary[i], change.now.Name); err != nil {
			return err
		}
	}
	return nil
}
