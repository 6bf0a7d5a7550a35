package daos

import (
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// ErrMissingID is returned for a change of a stored model that has no id.
var ErrMissingID = errors.New("the model has no id")

// ModelQuery returns a query for all columns of the model's table. For a record it is that of
// RecordQuery.
func (d *Dao) ModelQuery(m models.Model) *dbx.SelectQuery {
	if r, ok := m.(*models.Record); ok {
		return d.RecordQuery(r.Collection())
	}
	table := m.TableName()
	return d.DB().Select("{{" + table + "}}.*").From(table).WithContext(d.ctx).WithBuildHook(d.prepareQuery)
}

// prepareQuery applies the query bound of the dao.
func (d *Dao) prepareQuery(q *dbx.Query) {
	if d.ModelQueryTimeout > 0 {
		q.WithExecHook(boundQuery(d.ModelQueryTimeout))
	}
}

// FindById loads the row with the id into m. It returns sql.ErrNoRows if there is none.
func (d *Dao) FindById(m models.Model, id string) error {
	if err := d.ModelQuery(m).AndWhere(dbx.HashExp{"id": id}).Limit(1).One(m); err != nil {
		return d.classify(err)
	}
	return nil
}

// Save stores the model: an insert when it is new, else an update of all its columns. A new
// model without an id gets one. It runs the callbacks but checks nothing; the model's own
// method (SaveRecord, SaveCollection, …) does.
func (d *Dao) Save(m models.Model) error {
	if _, ok := m.(*models.Collection); ok {
		defer d.collections.Forget()
	}
	if m.IsNew() {
		return d.create(m, d.inserter(m))
	}
	return d.update(m, d.updater(m))
}

// Delete removes the model's row and runs the callbacks. What depends on the row is the
// business of the model's own method (DeleteRecord, DeleteCollection, …).
func (d *Dao) Delete(m models.Model) error {
	if _, ok := m.(*models.Collection); ok {
		defer d.collections.Forget()
	}
	return d.remove(m, d.deleter(m), nil)
}

// create runs the callbacks around an insert.
func (d *Dao) create(m models.Model, insert func() error) error {
	if !m.HasId() {
		m.RefreshId()
	}
	if m.GetCreated().IsZero() {
		m.RefreshCreated()
	}
	if m.GetUpdated().IsZero() {
		m.RefreshUpdated()
	}
	stored := false
	err := around(d, d.BeforeCreateFunc, m, func() error {
		if err := insert(); err != nil {
			return err
		}
		m.MarkAsNotNew()
		d.onRollback(m.MarkAsNew)
		stored = true
		return nil
	})
	if err != nil || !stored {
		return err
	}
	return d.after(d.AfterCreateFunc, func(fn AfterFunc, dao *Dao) error { return fn(dao, m) })
}

// update runs the callbacks around an update.
func (d *Dao) update(m models.Model, change func() error) error {
	if !m.HasId() {
		return ErrMissingID
	}
	if m.GetCreated().IsZero() {
		m.RefreshCreated()
	}
	m.RefreshUpdated()
	stored := false
	err := around(d, d.BeforeUpdateFunc, m, func() error {
		if err := change(); err != nil {
			return err
		}
		stored = true
		return nil
	})
	if err != nil || !stored {
		return err
	}
	return d.after(d.AfterUpdateFunc, func(fn AfterFunc, dao *Dao) error { return fn(dao, m) })
}

// remove runs the callbacks around a delete. Inside of a transaction, then runs after the
// row is gone, behind the row's own place in the order of after callbacks.
//
// Outside of a transaction an error of the after callback is dropped: it is part of the
// contract that a finished delete of this kind does not fail.
func (d *Dao) remove(m models.Model, erase func() error, then func() error) error {
	if !m.HasId() {
		return ErrMissingID
	}
	stored := false
	err := around(d, d.BeforeDeleteFunc, m, func() error {
		if err := erase(); err != nil {
			return err
		}
		stored = true
		return nil
	})
	if err != nil || !stored {
		return err
	}
	err = d.after(d.AfterDeleteFunc, func(fn AfterFunc, dao *Dao) error { return fn(dao, m) })
	if d.tx == nil {
		return nil //nolint:nilerr // see above
	}
	if err == nil && then != nil {
		err = then()
	}
	return err
}

func around(d *Dao, before BeforeFunc, m models.Model, action func() error) error {
	if before == nil {
		return action()
	}
	return before(d, m, action)
}

func (d *Dao) inserter(m models.Model) func() error {
	return func() error {
		if r, ok := m.(*models.Record); ok {
			return d.exec(d.observed(d.insertRecord(r), r, WriteCreate))
		}
		if v, ok := m.(models.ColumnValueMapper); ok {
			_, err := d.DB().Insert(m.TableName(), v.ColumnValueMap()).WithContext(d.ctx).Execute()
			return d.classify(err)
		}
		return d.classify(d.DB().Model(m).Insert())
	}
}

func (d *Dao) updater(m models.Model) func() error {
	return func() error {
		if r, ok := m.(*models.Record); ok {
			return d.exec(d.observed(d.updateRecord(r), r, WriteUpdate))
		}
		if v, ok := m.(models.ColumnValueMapper); ok {
			_, err := d.DB().Update(m.TableName(), v.ColumnValueMap(), dbx.HashExp{"id": m.GetId()}).WithContext(d.ctx).Execute()
			return d.classify(err)
		}
		return d.classify(d.DB().Model(m).Update())
	}
}

func (d *Dao) deleter(m models.Model) func() error {
	return func() error {
		op := db.Op{
			SQL:  "DELETE FROM " + d.quote(m.TableName()) + " WHERE " + d.quote("id") + " = " + d.q.Dialect().Placeholder(1),
			Args: []any{m.GetId()},
		}
		if r, ok := m.(*models.Record); ok {
			op = d.observed(op, r, WriteDelete)
		}
		return d.exec(op)
	}
}

// observed adds the committed callback to the statement that writes a record.
func (d *Dao) observed(op db.Op, r *models.Record, write Write) db.Op {
	if d.committed != nil {
		op.Committed = d.committed(r, write)
	}
	return op
}

// classify gives a driver error its sentinel of package db.
func (d *Dao) classify(err error) error {
	if err == nil {
		return nil
	}
	return d.q.Dialect().Classify(err)
}

// wrapf adds what was being done to an error, nil stays nil.
func wrapf(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf(format+": %w", append(args, err)...)
}
