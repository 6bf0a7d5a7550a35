package migrations

import (
	"errors"
	"slices"

	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/db"
	"github.com/tackleboxdev/tacklebox/core/db/sqlite"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
)

// defaultJSONMaxSize is the bound of JSON fields from the time when they had none.
const defaultJSONMaxSize = 2000000

// resaveViews makes the views anew, so that their fields are up to date. One that does not work
// stays as it is.
func resaveViews(builder dbx.Builder) error {
	dao := daos.NewFromBuilder(builder)
	views, err := dao.FindCollectionsByType(models.CollectionTypeView)
	if err != nil {
		return err
	}
	for _, view := range views {
		if _, err := dao.CreateViewSchema(view.ViewOptions().Query); err != nil {
			continue
		}
		if err := dao.SaveCollection(view); err != nil {
			return err
		}
	}
	return nil
}

// copyDisplayFields marks the fields that relations display as presentable in their own
// collection.
func copyDisplayFields(builder dbx.Builder) error {
	dao := daos.NewFromBuilder(builder)
	shown := map[string][]string{} // by collection id
	err := eachCollection(dao, func(c *models.Collection) (bool, error) {
		for _, f := range c.Schema.Fields() {
			if o, ok := f.Options.(*schema.RelationOptions); ok {
				shown[o.CollectionId] = append(shown[o.CollectionId], o.DisplayFields...)
			}
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	return eachCollection(dao, func(c *models.Collection) (changed bool, err error) {
		for _, f := range c.Schema.Fields() {
			if !f.Presentable && slices.Contains(shown[c.Id], f.Name) {
				f.Presentable, changed = true, true
			}
		}
		return changed, nil
	})
}

// perCollectionProviders lets one account of a provider be linked once in each auth collection
// instead of once at all.
func perCollectionProviders(builder dbx.Builder) error {
	dao := daos.NewFromBuilder(builder)
	table, err := db.Wrap(builder, sqlite.Dialect{}).Dialect().Inspect(dao.Context(), dao.Querier(), "_externalAuths")
	if err != nil {
		return err
	}
	for _, index := range table.Indexes {
		if index.Name == "_externalAuths_collection_provider_idx" {
			return nil
		}
		if index.Unique && slices.Equal(index.Columns, []string{"provider", "providerId"}) {
			if err := execAll(builder, "DROP INDEX "+dao.Querier().Dialect().Quote(index.Name)); err != nil {
				return err
			}
		}
	}
	return execAll(builder, indexCollectionProvider)
}

// setJSONMaxSize gives every JSON field a bound.
func setJSONMaxSize(builder dbx.Builder) error {
	return eachCollection(daos.NewFromBuilder(builder), func(c *models.Collection) (changed bool, err error) {
		if c.IsView() {
			return false, nil // its fields are worked out anew
		}
		for _, f := range c.Schema.Fields() {
			if o, ok := f.Options.(*schema.JsonOptions); ok && o.MaxSize == 0 {
				o.MaxSize, changed = defaultJSONMaxSize, true
			}
		}
		return changed, nil
	})
}

// addLoginAlertColumn adds lastLoginAlertSentAt to the tables of accounts.
func addLoginAlertColumn(builder dbx.Builder) error {
	dao := daos.NewFromBuilder(builder)
	accounts, err := dao.FindCollectionsByType(models.CollectionTypeAuth)
	if err != nil {
		return err
	}
	for _, c := range accounts {
		columns, err := dao.TableColumns(c.Name)
		if err != nil {
			return err
		}
		if len(columns) == 0 {
			return errors.New("the table of the collection " + c.Name + " is missing")
		}
		if slices.Contains(columns, schema.FieldNameLastLoginAlertSentAt) {
			continue
		}
		quote := dao.Querier().Dialect().Quote
		statement := "ALTER TABLE " + quote(c.Name) + " ADD COLUMN " + quote(schema.FieldNameLastLoginAlertSentAt) + " TEXT DEFAULT '' NOT NULL"
		if err := execAll(builder, statement); err != nil {
			return err
		}
	}
	return nil
}

// eachCollection calls change for every collection and stores the definition of those it
// changed. Their tables stay as they are.
func eachCollection(dao *daos.Dao, change func(c *models.Collection) (changed bool, err error)) error {
	collections := []*models.Collection{}
	if err := dao.CollectionQuery().OrderBy("created").All(&collections); err != nil {
		return err
	}
	for _, c := range collections {
		changed, err := change(c)
		if err != nil {
			return err
		}
		if !changed {
			continue
		}
		if err := dao.Save(c); err != nil {
			return err
		}
	}
	return nil
}
