package forms

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// CollectionsImport replaces the definitions of several collections at once.
type CollectionsImport struct {
	app *core.App
	dao *daos.Dao

	Collections []*models.Collection `form:"collections" json:"collections"`
	// DeleteMissing removes the collections and fields that are not imported.
	DeleteMissing bool `form:"deleteMissing" json:"deleteMissing"`
}

// NewCollectionsImport returns an empty form.
func NewCollectionsImport(app *core.App) *CollectionsImport {
	return &CollectionsImport{app: app, dao: app.Dao()}
}

// SetDao replaces the dao of the form.
func (f *CollectionsImport) SetDao(dao *daos.Dao) { f.dao = dao }

// UnmarshalJSON decodes what the JSON names and keeps the rest. Fields of an
// unknown type are an error, nulls in place of collections are left out.
func (f *CollectionsImport) UnmarshalJSON(data []byte) error {
	type plain CollectionsImport // without this method
	next := plain(*f)
	if err := json.Unmarshal(data, &next); err != nil {
		return err
	}
	next.Collections = slices.DeleteFunc(next.Collections, func(c *models.Collection) bool { return c == nil })
	for _, collection := range next.Collections {
		if err := collection.Schema.InitFieldsOptions(); err != nil {
			return err
		}
	}
	*f = CollectionsImport(next)
	return nil
}

// Validate checks that there is something to import.
func (f *CollectionsImport) Validate() error {
	return validation.ValidateStruct(f, validation.Field(&f.Collections, validation.Required))
}

// Save imports collections in one transaction and validates the result. Whatever
// goes wrong leaves everything as it was and gives validation.Errors.
func (f *CollectionsImport) Save(collections []*models.Collection) error {
	err := f.dao.RunInTransaction(func(txDao *daos.Dao) error {
		return txDao.ImportCollections(collections, f.DeleteMissing,
			func(txDao *daos.Dao, _, existing map[string]*models.Collection) error {
				return f.validateResult(txDao, collections, existing)
			})
	})
	if err == nil {
		return nil
	}
	if invalid, ok := errors.AsType[validation.Errors](err); ok && invalid["collections"] != nil {
		return invalid
	}
	return validation.Errors{"collections": validation.NewError(codeImportFailure,
		"Failed to import the collections configuration. Raw error:\n"+err.Error())}
}

// validateResult validates each imported collection like an update of it. The
// first of the list that is invalid is the one to tell of.
func (f *CollectionsImport) validateResult(
	txDao *daos.Dao, imported []*models.Collection, existing map[string]*models.Collection,
) error {
	for _, collection := range imported {
		before := existing[collection.Id]
		if before == nil {
			before = collection
		}
		upsert := NewCollectionUpsert(f.app, collection)
		upsert.SetDao(txDao)
		upsert.collection = before
		if err := upsert.Validate(); err != nil {
			return invalidImport(collection, err)
		}
	}
	return nil
}

func invalidImport(collection *models.Collection, cause error) error {
	details, err := json.MarshalIndent(cause, "", "  ")
	if err != nil {
		details = []byte(cause.Error())
	}
	return validation.Errors{"collections": validation.NewError(codeImportInvalid,
		fmt.Sprintf("Data validations failed for collection %q (%s):\n%s", collection.Name, collection.Id, details))}
}

// Submit validates the form and imports the collections.
func (f *CollectionsImport) Submit(interceptors ...InterceptorFunc[[]*models.Collection]) error {
	if err := f.Validate(); err != nil {
		return err
	}
	return intercept(f.Collections, f.Save, interceptors)
}
