package apis

import (
	"net/http"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/web"
)

// findAccount returns the record of the path.
func (a *recordAuthAPI) findAccount(c *echo.Context) (*models.Record, error) {
	record, err := requestDao(a.app, c).FindRecordById(routeCollection(c).Id, c.Param("id"))
	if err != nil {
		return nil, web.NewNotFoundError("", err)
	}
	return record, nil
}

func (a *recordAuthAPI) listExternalAuths(c *echo.Context) error {
	record, err := a.findAccount(c)
	if err != nil {
		return err
	}
	links, err := requestDao(a.app, c).FindAllExternalAuthsByRecord(record)
	if err != nil {
		return web.NewBadRequestError("Failed to fetch the external auths for the specified auth record.", err)
	}
	event := &core.RecordListExternalAuthsEvent{HttpContext: c, Record: record, ExternalAuths: links}
	event.Collection = routeCollection(c)
	return a.app.OnRecordListExternalAuthsRequest().Trigger(event, func(e *core.RecordListExternalAuthsEvent) error {
		return c.JSON(http.StatusOK, e.ExternalAuths) // even after an answer of a hook
	})
}

func (a *recordAuthAPI) unlinkExternalAuth(c *echo.Context) error {
	record, err := a.findAccount(c)
	if err != nil {
		return err
	}
	link, err := requestDao(a.app, c).FindExternalAuthByRecordAndProvider(record, c.Param("provider"))
	if err != nil {
		return web.NewNotFoundError("Missing external auth provider relation.", err)
	}
	event := &core.RecordUnlinkExternalAuthEvent{HttpContext: c, Record: record, ExternalAuth: link}
	event.Collection = routeCollection(c)
	return hook.Around(event,
		a.app.OnRecordBeforeUnlinkExternalAuthRequest(),
		func(e *core.RecordUnlinkExternalAuthEvent) error {
			return failedTo("Cannot unlink the external auth provider.", a.app.Dao().DeleteExternalAuth(e.ExternalAuth))
		},
		a.app.OnRecordAfterUnlinkExternalAuthRequest(),
		func(*core.RecordUnlinkExternalAuthEvent) error { return noContent(c) },
	)
}
