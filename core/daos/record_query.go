package daos

import (
	"database/sql"
	"fmt"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/models"
)

// RecordQuery returns a query for the records of a collection, given as *models.Collection,
// id or name. Its One and All fill *models.Record and slices of it besides the usual
// targets. An unknown collection makes the query fail with sql.ErrNoRows.
func (d *Dao) RecordQuery(collectionModelOrIdentifier any) *dbx.SelectQuery {
	c, err := d.collectionOf(collectionModelOrIdentifier)
	if err != nil {
		return d.DB().Select("*").From("_").WithBuildHook(failQuery(err))
	}
	query := d.DB().Select(d.DB().QuoteSimpleTableName(c.Name) + ".*").From(c.Name).WithContext(d.ctx)
	return query.WithBuildHook(func(q *dbx.Query) {
		d.prepareQuery(q)
		q.WithOneHook(scanOneRecord(c)).WithAllHook(scanAllRecords(c))
	})
}

// collectionOf resolves a collection that must not be changed.
func (d *Dao) collectionOf(modelOrIdentifier any) (*models.Collection, error) {
	switch v := modelOrIdentifier.(type) {
	case *models.Collection:
		if v == nil {
			return nil, sql.ErrNoRows
		}
		return v, nil
	case string:
		return d.collection(v)
	default:
		return nil, fmt.Errorf("find collection: neither a collection nor a name: %T", v)
	}
}

func scanOneRecord(c *models.Collection) dbx.OneHookFunc {
	return func(_ *dbx.Query, target any, op func(any) error) error {
		switch t := target.(type) {
		case *models.Record:
			row := dbx.NullStringMap{}
			if err := op(&row); err != nil {
				return err
			}
			*t = *models.NewRecordFromNullStringMap(c, row)
			return nil
		case **models.Record:
			row := dbx.NullStringMap{}
			if err := op(&row); err != nil {
				return err
			}
			*t = models.NewRecordFromNullStringMap(c, row)
			return nil
		}
		return op(target)
	}
}

func scanAllRecords(c *models.Collection) dbx.AllHookFunc {
	return func(_ *dbx.Query, target any, op func(any) error) error {
		switch t := target.(type) {
		case *[]*models.Record:
			rows := []dbx.NullStringMap{}
			if err := op(&rows); err != nil {
				return err
			}
			*t = models.NewRecordsFromNullStringMaps(c, rows)
			return nil
		case *[]models.Record:
			rows := []dbx.NullStringMap{}
			if err := op(&rows); err != nil {
				return err
			}
			*t = make([]models.Record, len(rows))
			for i, row := range rows {
				(*t)[i] = *models.NewRecordFromNullStringMap(c, row)
			}
			return nil
		}
		return op(target)
	}
}
