package daos

import (
	"errors"
	"fmt"
	"strings"

	"github.com/tackleboxdev/tacklebox/core/db/sqltext"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/security"
)

// errUndo rolls back a transaction that was only a try.
var errUndo = errors.New("undo")

// viewPasses bounds how often views are looked at again after one of them changed; it is more
// than views are ever stacked.
const viewPasses = 6

// SaveView creates the view anew with the query, which has to be one statement. It fails for a
// query that does not run.
func (d *Dao) SaveView(name string, selectQuery string) error {
	query, err := sqltext.TrimStatement(selectQuery)
	if err != nil {
		return err
	}
	return d.RunInTransaction(func(tx *Dao) error {
		if err := tx.DeleteView(name); err != nil {
			return err
		}
		if err := tx.execSQL(tx.viewSQL(name, query)); err != nil {
			return err
		}
		_, err := tx.TableInfo(name)
		return err
	})
}

func (d *Dao) viewSQL(name, query string) string {
	return "CREATE VIEW " + d.quote(name) + " AS SELECT * FROM (" + query + ")"
}

// CreateViewSchema returns the fields that a view of the query has. It fails for a query that
// is not a single SELECT of named columns with an id among them; nothing is stored.
func (d *Dao) CreateViewSchema(selectQuery string) (schema.Schema, error) {
	v, err := d.inferView(selectQuery)
	if err != nil {
		return schema.Schema{}, err
	}
	return v.schema, nil
}

// viewPlan is what a view query comes down to.
type viewPlan struct {
	schema schema.Schema
	query  string // to create the view with
}

// inferView works out the fields of a query and how to make a view of it.
func (d *Dao) inferView(selectQuery string) (viewPlan, error) {
	query, err := sqltext.TrimStatement(selectQuery)
	if err != nil {
		return viewPlan{}, err
	}
	parsed, parseErr := sqltext.ParseSelect(query)
	if errors.Is(parseErr, sqltext.ErrWildcard) {
		return viewPlan{}, parseErr
	}
	columns, err := d.queryColumns(query)
	if err != nil {
		return viewPlan{}, err
	}
	if parseErr != nil {
		return viewPlan{}, parseErr
	}
	return d.planView(query, parsed, columns)
}

// queryColumns returns the names of a query's columns by way of a view that does not stay.
func (d *Dao) queryColumns(query string) ([]string, error) {
	var columns []string
	err := d.RunInTransaction(func(tx *Dao) error {
		name := "_temp_" + security.PseudorandomString(5)
		if err := tx.execSQL(tx.viewSQL(name, query)); err != nil {
			return err
		}
		table, err := tx.inspect(name)
		if dropErr := tx.DeleteView(name); dropErr != nil {
			return dropErr
		}
		if err != nil || len(table.Columns) == 0 {
			return fmt.Errorf("empty table info probably due to invalid or missing table %s", name)
		}
		for _, c := range table.Columns {
			columns = append(columns, c.Name)
		}
		if d.tx == nil {
			return errUndo
		}
		return nil
	})
	if err != nil && !errors.Is(err, errUndo) {
		return nil, err
	}
	return columns, nil
}

func (d *Dao) planView(query string, parsed sqltext.Select, columns []string) (viewPlan, error) {
	plan := viewPlan{query: query}
	hasID, castID := false, false
	for i, name := range columns {
		var column sqltext.SelectColumn
		if len(parsed.Columns) == len(columns) {
			column = parsed.Columns[i]
		}
		f, err := d.inferField(parsed, column)
		if err != nil {
			return viewPlan{}, err
		}
		switch name {
		case schema.FieldNameId:
			hasID = true
			castID = f.Type == schema.FieldTypeJson || f.Type == schema.FieldTypeNumber || f.Type == schema.FieldTypeBool
		case schema.FieldNameCreated, schema.FieldNameUpdated:
		default:
			f.Name = name
			plan.schema.AddField(f)
		}
	}
	if !hasID {
		return viewPlan{}, errors.New("missing required id column (you can use `(ROW_NUMBER() OVER()) as id` if you don't have one)")
	}
	if castID {
		plan.query = d.castIDQuery(query, columns)
	}
	return plan, nil
}

// castIDQuery wraps a query whose id is not text.
func (d *Dao) castIDQuery(query string, columns []string) string {
	selected := make([]string, len(columns))
	for i, name := range columns {
		selected[i] = d.quote(name)
		if name == schema.FieldNameId {
			selected[i] = "cast(" + d.quote(name) + " as text) " + d.quote(name)
		}
	}
	return "SELECT " + strings.Join(selected, ",") + " FROM (" + query + ")"
}

// syncView creates the view of a view collection and sets the collection's fields.
func (d *Dao) syncView(c, old *models.Collection) error {
	if !c.IsView() {
		return nil
	}
	plan, err := d.inferView(c.ViewOptions().Query)
	if err != nil {
		return wrapf(err, "read the query of view %q", c.Name)
	}
	c.Schema = plan.schema
	if old != nil && !sameName(old.Name, c.Name) {
		if err := d.DeleteView(old.Name); err != nil {
			return err
		}
	}
	if err := d.SaveView(c.Name, plan.query); err != nil {
		return wrapf(err, "create view %q", c.Name)
	}
	inspectView(d.ctx, d.q, c)
	return nil
}

// refreshViews stores the views again whose fields turned out different after a change, and
// creates those again that do not say what their query says: the database lets views follow a
// renamed table or column, also where another one has got its name since. A view that does not
// work any more stays as it is: that is how it shows what is wrong with it.
func (d *Dao) refreshViews(exceptID string) error {
	for range viewPasses {
		changed := false
		set, err := d.collections.set(d.ctx)
		if err != nil {
			return err
		}
		for _, c := range set.all {
			if !c.IsView() || c.Id == exceptID {
				continue
			}
			plan, err := d.inferView(c.ViewOptions().Query)
			if err != nil {
				continue
			}
			if !sameFields(plan.schema, c.Schema) {
				changed = d.saveCollection(c.Clone()) == nil || changed
				continue
			}
			if err := d.alignView(c.Name, plan.query); err != nil {
				return err
			}
		}
		if !changed {
			return nil
		}
	}
	return nil
}

// alignView creates a view again unless it is that of the query. Queries are compared as they
// were written, which another program may have done differently.
func (d *Dao) alignView(name, query string) error {
	table, err := d.inspect(name)
	if err == nil && table.SQL == d.viewSQL(name, query) {
		return nil
	}
	return wrapf(d.SaveView(name, query), "create view %q", name)
}

// sameFields compares fields without their ids.
func sameFields(a, b schema.Schema) bool {
	if len(a.Fields()) != len(b.Fields()) {
		return false
	}
	for i, f := range a.Fields() {
		x, y := *f, *b.Fields()[i]
		x.Id, y.Id = "", ""
		if x.String() != y.String() {
			return false
		}
	}
	return true
}

// workingViews returns the views that can be read.
func (d *Dao) workingViews(exceptID string) ([]*models.Collection, error) {
	set, err := d.collections.set(d.ctx)
	if err != nil {
		return nil, err
	}
	var working []*models.Collection
	for _, c := range set.all {
		if c.IsView() && c.Id != exceptID && d.isReadable(c.Name) {
			working = append(working, c)
		}
	}
	return working, nil
}

// requireViews returns ErrDependency when one of the views cannot be read any more.
func (d *Dao) requireViews(views []*models.Collection) error {
	for _, c := range views {
		if !d.isReadable(c.Name) {
			return fmt.Errorf("%w: the view %q depends on it", ErrDependency, c.Name)
		}
	}
	return nil
}

func (d *Dao) isReadable(table string) bool {
	return d.queryRows("SELECT 1 FROM "+d.quote(table)+" LIMIT 0", nil, func([]any) error { return nil }) == nil
}

// withoutViews runs change while there are no views. They lose nothing by being away as long as
// the columns keep their names.
func (d *Dao) withoutViews(change func() error) error {
	views, err := d.detachViews()
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	for _, statement := range views {
		if err := d.execSQL(statement); err != nil {
			return wrapf(err, "restore a view")
		}
	}
	return nil
}

// detachViews drops the views of all view collections and returns the statements that make
// them again.
func (d *Dao) detachViews() ([]string, error) {
	set, err := d.collections.set(d.ctx)
	if err != nil {
		return nil, err
	}
	var names, statements []string
	for _, c := range set.all {
		if !c.IsView() {
			continue
		}
		// One that does not work stays: nothing depends on it. They are all looked at before one
		// is dropped, as they may be built on each other.
		if table, err := d.inspect(c.Name); err == nil {
			names, statements = append(names, c.Name), append(statements, table.SQL)
		}
	}
	for _, name := range names {
		if err := d.DeleteView(name); err != nil {
			return nil, err
		}
	}
	return statements, nil
}
