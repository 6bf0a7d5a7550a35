package apis

import (
	"net/http"

	"github.com/labstack/echo/v5"
	"github.com/pocketbase/dbx"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
	"github.com/tackleboxdev/tacklebox/core/web"
)

type logsAPI struct{ app *core.App }

func bindLogs(app *core.App, api *echo.Group) {
	a := &logsAPI{app}
	admin := RequireAdminAuth()
	api.GET("/logs", a.list, admin)
	api.GET("/logs/stats", a.stats, admin)
	api.GET("/logs/:id", a.view, admin)
}

// logFields are what filters and sorts of log entries may use.
var logFields = []string{"rowid", "id", "created", "updated", "level", "message", "data", "data.*"}

func (a *logsAPI) list(c *echo.Context) error {
	_, result, err := listModels[models.Log](c, a.app.LogsDao().LogQuery(), logFields...)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, result)
}

func (a *logsAPI) stats(c *echo.Context) error {
	var condition dbx.Expression
	if filter := c.QueryParam("filter"); filter != "" {
		var err error
		if condition, err = search.FilterData(filter).BuildExpr(search.NewSimpleFieldResolver(logFields...)); err != nil {
			return web.NewBadRequestError("Invalid filter format.", err)
		}
	}
	stats, err := a.app.LogsDao().WithContext(c.Request().Context()).LogsStats(condition)
	if err != nil {
		return web.NewBadRequestError("Failed to generate logs stats.", err)
	}
	return c.JSON(http.StatusOK, stats)
}

func (a *logsAPI) view(c *echo.Context) error {
	entry, err := a.app.LogsDao().WithContext(c.Request().Context()).FindLogById(c.Param("id"))
	if err != nil {
		return web.NewNotFoundError("", err)
	}
	return c.JSON(http.StatusOK, entry)
}
