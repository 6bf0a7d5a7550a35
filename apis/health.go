package apis

import (
	"net/http"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
)

type healthAPI struct{ app *core.App }

type healthAnswer struct {
	Message string `json:"message"`
	Code    int    `json:"code"`
	Data    struct {
		CanBackup bool `json:"canBackup"`
	} `json:"data"`
}

func bindHealth(app *core.App, api *echo.Group) {
	a := &healthAPI{app}
	api.HEAD("/health", a.check)
	api.GET("/health", a.check)
}

func (a *healthAPI) check(c *echo.Context) error {
	if c.Request().Method == http.MethodHead {
		return c.NoContent(http.StatusOK)
	}
	answer := healthAnswer{Message: "API is healthy.", Code: http.StatusOK}
	answer.Data.CanBackup = !a.app.Store().Has(core.ActiveBackupKey)
	return c.JSON(http.StatusOK, answer)
}
