package core

import (
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// BaseModelEvent is embedded in events about one model and yields its tags:
// collection id and name of a record, the table name of any other model.
type BaseModelEvent struct {
	Model models.Model
}

// Tags implements hook.Tagger.
func (e *BaseModelEvent) Tags() []string {
	switch m := e.Model.(type) {
	case nil:
		return nil
	case *models.Record:
		if c := m.Collection(); c != nil {
			return []string{c.Id, c.Name}
		}
		return nil
	default:
		return []string{m.TableName()}
	}
}

// BaseCollectionEvent is embedded in events about something of one collection
// and yields its id and name as tags.
type BaseCollectionEvent struct {
	Collection *models.Collection
}

// Tags implements hook.Tagger.
func (e *BaseCollectionEvent) Tags() []string {
	if e.Collection == nil {
		return nil
	}
	return []string{e.Collection.Id, e.Collection.Name}
}

// ModelEvent is the payload of the model events.
type ModelEvent struct {
	BaseModelEvent

	// Dao is the one of the write. In before events it may be a transaction,
	// and further writes must use it; in after events it is the plain one.
	Dao *daos.Dao
}
