package apis

import (
	"net/http"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis/openapi"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/core/web"
)

// bindOpenAPI serves the description of the API, made of the routes and
// collections as they are at that moment.
func bindOpenAPI(app *core.App, router *echo.Echo, api *echo.Group) {
	api.GET("/openapi.json", func(c *echo.Context) error {
		collections := []*models.Collection{}
		query := requestDao(app, c).CollectionQuery()
		if err := query.OrderBy("name").All(&collections); err != nil {
			return web.NewBadRequestError("", err)
		}
		var routes []openapi.Route
		for _, route := range router.Router().Routes() {
			routes = append(routes, openapi.Route{Method: route.Method, Path: route.Path})
		}
		info := openapi.Info{
			Title:   settings.Get(app.Settings(), func(s *settings.Settings) string { return s.Meta.AppName }),
			Version: app.Version(),
		}
		return c.JSON(http.StatusOK, openapi.Document(info, routes, collections))
	}, RequireAdminAuth())
}
