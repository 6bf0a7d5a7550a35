package apis

import (
	"errors"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/web"
)

const (
	textCreateFailed = "Failed to create record."
	textUpdateFailed = "Failed to update record."
	textDeleteFailed = "Failed to delete record. Make sure that the record is not part of a required relation reference."
)

type recordAPI struct{ app *core.App }

func bindRecordCrud(app *core.App, api *echo.Group) {
	a := &recordAPI{app}
	load := loadCollection(app)
	writable := loadCollection(app, models.CollectionTypeBase, models.CollectionTypeAuth)
	api.GET("/collections/:collection/records", a.list, load)
	api.GET("/collections/:collection/records/:id", a.view, load)
	api.POST("/collections/:collection/records", a.create, writable)
	api.PATCH("/collections/:collection/records/:id", a.update, writable)
	api.DELETE("/collections/:collection/records/:id", a.delete, writable)
}

// enrich completes records for the answer. A failure leaves them as they are.
func (a *recordAPI) enrich(c *echo.Context, records ...*models.Record) {
	if err := EnrichRecords(c, a.app.Dao(), records); err != nil {
		a.app.Logger().Debug("enrich records", "error", err.Error())
	}
}

// find returns the record of the path if the rule lets the request see it.
func (a *recordAPI) find(c *echo.Context, rule *string) (*models.Record, error) {
	collection, id := routeCollection(c), c.Param("id")
	if id == "" {
		return nil, web.NewNotFoundError("", nil)
	}
	dao := requestDao(a.app, c)
	record, err := dao.FindRecordIn(collection, id)
	if err != nil {
		return nil, web.NewNotFoundError("", err)
	}
	if !ruleApplies(c, rule) {
		return record, nil
	}
	info := RequestInfo(c)
	passed, decided := decideRule(dao, record, info, *rule)
	if !decided {
		record, err = dao.FindRecordIn(collection, id, ruleFilter(dao, collection, info, rule))
		passed = err == nil
	}
	if !passed {
		return nil, web.NewNotFoundError("", errors.Join(errRuleFailed, err))
	}
	return record, nil
}

func (a *recordAPI) view(c *echo.Context) error {
	collection := routeCollection(c)
	if err := requireRule(c, collection.ViewRule); err != nil {
		return err
	}
	record, err := a.find(c, collection.ViewRule)
	if err != nil {
		return err
	}
	event := &core.RecordViewEvent{HttpContext: c, Record: record}
	event.Collection = collection
	return a.app.OnRecordViewRequest().Trigger(event, func(e *core.RecordViewEvent) error {
		if isCommitted(c) {
			return nil
		}
		a.enrich(c, e.Record)
		return respond(c, e.Record)
	})
}

func (a *recordAPI) create(c *echo.Context) error {
	collection := routeCollection(c)
	if err := requireRule(c, collection.CreateRule); err != nil {
		return err
	}
	record := models.NewRecord(collection)
	form := forms.NewRecordUpsert(a.app, record)
	if err := loadRecord(c, form); err != nil {
		return err
	}
	if err := a.authoriseCreate(c, form, record); err != nil {
		return err
	}
	if err := form.ValidateAndFill(); err != nil {
		return err
	}
	event := &core.RecordCreateEvent{HttpContext: c, Record: record, UploadedFiles: form.FilesToUpload()}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnRecordBeforeCreateRequest(),
		func(e *core.RecordCreateEvent) error {
			if err := failedTo(textCreateFailed, form.Save(e.Record)); err != nil {
				return err
			}
			a.enrich(c, e.Record)
			return nil
		},
		a.app.OnRecordAfterCreateRequest(),
		func(e *core.RecordCreateEvent) error { return respond(c, e.Record) },
	)
}

func (a *recordAPI) update(c *echo.Context) error {
	collection := routeCollection(c)
	if err := requireRule(c, collection.UpdateRule); err != nil {
		return err
	}
	a.resolveModifiers(c, collection)
	record, err := a.find(c, collection.UpdateRule)
	if err != nil {
		return err
	}
	form := forms.NewRecordUpsert(a.app, record)
	form.SetFullManageAccess(a.mayManage(c, record))
	if err := loadRecord(c, form); err != nil {
		return err
	}
	if err := form.ValidateAndFill(); err != nil {
		return err
	}
	event := &core.RecordUpdateEvent{HttpContext: c, Record: record, UploadedFiles: form.FilesToUpload()}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnRecordBeforeUpdateRequest(),
		func(e *core.RecordUpdateEvent) error {
			if err := failedTo(textUpdateFailed, form.Save(e.Record)); err != nil {
				return err
			}
			a.enrich(c, e.Record)
			return nil
		},
		a.app.OnRecordAfterUpdateRequest(),
		func(e *core.RecordUpdateEvent) error { return respond(c, e.Record) },
	)
}

func (a *recordAPI) delete(c *echo.Context) error {
	collection := routeCollection(c)
	if err := requireRule(c, collection.DeleteRule); err != nil {
		return err
	}
	record, err := a.find(c, collection.DeleteRule)
	if err != nil {
		return err
	}
	event := &core.RecordDeleteEvent{HttpContext: c, Record: record}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnRecordBeforeDeleteRequest(),
		func(e *core.RecordDeleteEvent) error {
			return failedTo(textDeleteFailed, a.app.Dao().DeleteRecord(e.Record))
		},
		a.app.OnRecordAfterDeleteRequest(),
		func(*core.RecordDeleteEvent) error { return noContent(c) },
	)
}

// loadRecord loads the body into the form.
func loadRecord(c *echo.Context, form *forms.RecordUpsert) error {
	err := form.LoadRequest(c.Request(), "")
	if err == nil {
		return nil
	}
	if apiErr := toApiError(c, err); isTooLarge(apiErr) {
		return apiErr
	}
	return web.NewBadRequestError(textInvalidFormat, err)
}

// authoriseCreate evaluates the create rule on the row that would be stored, and
// decides with what rights the record is created. Only where memory does not
// suffice is the row stored for a moment.
func (a *recordAPI) authoriseCreate(c *echo.Context, form *forms.RecordUpsert, record *models.Record) error {
	if authAdmin(c) != nil {
		form.SetFullManageAccess(true)
		return nil
	}
	rule := record.Collection().CreateRule
	simple := !mayHaveManager(c, record.Collection()) && !form.NeedsDryCreate()
	if simple && !ruleApplies(c, rule) {
		return failedTo(textCreateFailed, form.Precheck())
	}
	info := RequestInfo(c)
	if info.HasModifierDataKeys() {
		info.Data = record.ReplaceModifers(info.Data)
	}
	if simple {
		pending, err := form.Pending()
		if err != nil {
			return failedTo(textCreateFailed, err)
		}
		if passed, decided := decideRule(requestDao(a.app, c), pending, info, *rule); passed {
			return nil
		} else if decided {
			return failedTo(textCreateFailed, errRuleFailed)
		}
	}
	return failedTo(textCreateFailed, form.DryCreate(func(txDao *daos.Dao, pending *models.Record) error {
		allowed, err := txDao.CanAccessRecord(pending, info, rule)
		if err != nil {
			return err
		}
		if !allowed {
			return errRuleFailed
		}
		form.SetFullManageAccess(canManage(txDao, pending, info))
		return nil
	}))
}

func mayHaveManager(c *echo.Context, collection *models.Collection) bool {
	return collection.IsAuth() && authRecord(c) != nil && collection.AuthOptions().ManageRule != nil
}

func (a *recordAPI) mayManage(c *echo.Context, record *models.Record) bool {
	if authAdmin(c) != nil {
		return true
	}
	return mayHaveManager(c, record.Collection()) && canManage(requestDao(a.app, c), record, RequestInfo(c))
}

// resolveModifiers lets the update rule see the values that modifiers lead to.
func (a *recordAPI) resolveModifiers(c *echo.Context, collection *models.Collection) {
	if !ruleApplies(c, collection.UpdateRule) {
		return
	}
	info := RequestInfo(c)
	if !info.HasModifierDataKeys() {
		return
	}
	if record, err := requestDao(a.app, c).FindRecordIn(collection, c.Param("id")); err == nil {
		info.Data = record.ReplaceModifers(info.Data)
	}
}
