package core

import (
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
	dao.AfterDeleteFunc = afterModel(a.OnModelAfterDelete())
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
