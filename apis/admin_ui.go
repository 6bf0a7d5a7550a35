package apis

import (
	"net/http"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/page"
	"github.com/tackleboxdev/tacklebox/core"
)

const installerParam = "installer"

// bindAdminUI registers the page below /_/.
func bindAdminUI(app *core.App, router *echo.Echo) {
	serve := installerRedirect(app)(servePage)
	router.GET("/_", func(c *echo.Context) error {
		return c.Redirect(http.StatusTemporaryRedirect, "_/")
	})
	router.GET("/_/", serve)
	router.GET("/_/index.html", serve)
	router.GET("/_/*", func(*echo.Context) error { return echo.ErrNotFound })
}

func servePage(c *echo.Context) error {
	return c.HTMLBlob(http.StatusOK, page.HTML)
}

// installerRedirect marks the address as that of the installer exactly as long
// as there is no admin. The targets are relative, so the Host header has no part
// in them.
func installerRedirect(app *core.App) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			total, err := app.Dao().TotalAdmins()
			if err != nil {
				return err
			}
			marked := c.QueryParams().Has(installerParam)
			switch {
			case total == 0 && !marked:
				return c.Redirect(http.StatusTemporaryRedirect, "?installer#")
			case total > 0 && marked:
				return c.Redirect(http.StatusTemporaryRedirect, "?")
			}
			return next(c)
		}
	}
}
