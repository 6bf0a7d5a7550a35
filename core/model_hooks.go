package core

import (
	"sync/atomic"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// bindModelHooks turns the write callbacks of a dao into the model events.
func (a *App) bindModelHooks(dao *daos.Dao) {
	dao.BeforeCreateFunc = beforeModel(a.OnModelBeforeCreate())
	dao.AfterCreateFunc = afterModel(a.OnModelAfterCreate())
	dao.BeforeUpdateFunc = beforeModel(a.OnModelBeforeUpdate())
	dao.AfterUpdateFunc = afterModel(a.OnModelAfterUpdate())
	dao.BeforeDeleteFunc = beforeModel(a.OnModelBeforeDelete())
	afterDelete := afterModel(a.OnModelAfterDelete())
	dao.AfterDeleteFunc = func(dao *daos.Dao, m models.Model) error {
		if record, ok := m.(*models.Record); ok {
			defer a.commits.deleted(record)
		}
		return afterDelete(dao, m)
	}
	daos.ObserveWrites(dao, a.commits.prepare)
}

// CommitObserver follows what becomes of records, in an order that no event of the hooks
// can promise; see [ObserveCommits].
type CommitObserver interface {
	// Writing is called with a record that is about to be written, with hooks or in spite of
	// them. The function that it returns, if any, runs in the order of the commits; see
	// [daos.CommittedFunc].
	Writing(record *models.Record, write daos.Write) func()
	// Deleted is called when the after handlers of a deleted record have run, whatever came
	// of them.
	Deleted(record *models.Record)
}

// ObserveCommits sets the one observer of the writes of the app's dao.
func ObserveCommits(app *App, o CommitObserver) { app.commits.observer.Store(&o) }

// commits tells the observer, if there is one.
type commits struct {
	observer atomic.Pointer[CommitObserver]
}

func (c *commits) prepare(record *models.Record, write daos.Write) func() {
	if o := c.observer.Load(); o != nil {
		return (*o).Writing(record, write)
	}
	return nil
}

func (c *commits) deleted(record *models.Record) {
	if o := c.observer.Load(); o != nil {
		(*o).Deleted(record)
	}
}

// beforeModel makes the write the last link of the chain, so that a handler
// can prevent it. Without handlers no event is built.
func beforeModel(h *hook.Hook[*ModelEvent]) func(*daos.Dao, models.Model, func() error) error {
	return func(dao *daos.Dao, m models.Model, action func() error) error {
		if h.Len() == 0 {
			return action()
		}
		event := &ModelEvent{BaseModelEvent: BaseModelEvent{Model: m}, Dao: dao}
		return h.Trigger(event, func(*ModelEvent) error { return action() })
	}
}

func afterModel(h *hook.Hook[*ModelEvent]) func(*daos.Dao, models.Model) error {
	return func(dao *daos.Dao, m models.Model) error {
		if h.Len() == 0 {
			return nil
		}
		return h.Trigger(&ModelEvent{BaseModelEvent: BaseModelEvent{Model: m}, Dao: dao})
	}
}
