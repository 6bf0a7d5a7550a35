package apis

import (
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/web"
)

type collectionAPI struct{ app *core.App }

func bindCollections(app *core.App, api *echo.Group) {
	a := &collectionAPI{app}
	admin := RequireAdminAuth()
	api.GET("/collections", a.list, admin)
	api.POST("/collections", a.create, admin)
	api.GET("/collections/:collection", a.view, admin)
	api.PATCH("/collections/:collection", a.update, admin)
	api.DELETE("/collections/:collection", a.delete, admin)
	api.PUT("/collections/import", a.bulkImport, admin)
}

func (a *collectionAPI) list(c *echo.Context) error {
	collections, result, err := listModels[models.Collection](c, a.app.Dao().CollectionQuery(),
		"id", "created", "updated", "name", "system", "type")
	if err != nil {
		return err
	}
	event := &core.CollectionsListEvent{HttpContext: c, Collections: collections, Result: result}
	return a.app.OnCollectionsListRequest().Trigger(event, func(e *core.CollectionsListEvent) error {
		return respond(e.HttpContext, e.Result)
	})
}

// find returns a copy of the collection that may be changed.
func (a *collectionAPI) find(c *echo.Context) (*models.Collection, error) {
	collection, err := requestDao(a.app, c).FindCollectionByNameOrId(c.Param("collection"))
	if err != nil {
		return nil, web.NewNotFoundError("", err)
	}
	return collection, nil
}

func (a *collectionAPI) view(c *echo.Context) error {
	collection, err := a.find(c)
	if err != nil {
		return err
	}
	event := &core.CollectionViewEvent{HttpContext: c}
	event.Collection = collection
	return a.app.OnCollectionViewRequest().Trigger(event, func(e *core.CollectionViewEvent) error {
		return respond(e.HttpContext, e.Collection)
	})
}

func (a *collectionAPI) create(c *echo.Context) error {
	collection := &models.Collection{}
	form := forms.NewCollectionUpsert(a.app, collection)
	if err := bindForm(c, form, textInvalidFormat); err != nil {
		return err
	}
	if err := form.ValidateAndFill(); err != nil {
		return err
	}
	event := &core.CollectionCreateEvent{HttpContext: c}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnCollectionBeforeCreateRequest(),
		func(e *core.CollectionCreateEvent) error {
			return failedTo("Failed to create the collection.", form.Save(e.Collection))
		},
		a.app.OnCollectionAfterCreateRequest(),
		func(e *core.CollectionCreateEvent) error { return respond(e.HttpContext, e.Collection) },
	)
}

func (a *collectionAPI) update(c *echo.Context) error {
	collection, err := a.find(c)
	if err != nil {
		return err
	}
	form := forms.NewCollectionUpsert(a.app, collection)
	if err := bindForm(c, form, textInvalidFormat); err != nil {
		return err
	}
	if err := form.ValidateAndFill(); err != nil {
		return err
	}
	event := &core.CollectionUpdateEvent{HttpContext: c}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnCollectionBeforeUpdateRequest(),
		func(e *core.CollectionUpdateEvent) error {
			return failedTo("Failed to update the collection.", form.Save(e.Collection))
		},
		a.app.OnCollectionAfterUpdateRequest(),
		func(e *core.CollectionUpdateEvent) error { return respond(e.HttpContext, e.Collection) },
	)
}

func (a *collectionAPI) delete(c *echo.Context) error {
	collection, err := a.find(c)
	if err != nil {
		return err
	}
	event := &core.CollectionDeleteEvent{HttpContext: c}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnCollectionBeforeDeleteRequest(),
		func(e *core.CollectionDeleteEvent) error {
			return failedTo("Failed to delete collection due to existing dependency.",
				a.app.Dao().DeleteCollection(e.Collection))
		},
		a.app.OnCollectionAfterDeleteRequest(),
		func(e *core.CollectionDeleteEvent) error { return noContent(e.HttpContext) },
	)
}

func (a *collectionAPI) bulkImport(c *echo.Context) error {
	form := forms.NewCollectionsImport(a.app)
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Validate(); err != nil {
		return err
	}
	event := &core.CollectionsImportEvent{HttpContext: c, Collections: form.Collections}
	return hook.Around(event,
		a.app.OnCollectionsBeforeImportRequest(),
		func(e *core.CollectionsImportEvent) error {
			return failedTo("Failed to import the submitted collections.", form.Save(e.Collections))
		},
		a.app.OnCollectionsAfterImportRequest(),
		func(e *core.CollectionsImportEvent) error { return noContent(e.HttpContext) },
	)
}
