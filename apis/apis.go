// Package apis is the HTTP side of the server: routes, middlewares, and the
// mapping between requests and the rest of the app.
//
// A handler reads as one line: bind, authorise, before hook, persist, after
// hook, respond. It holds neither SQL nor field logic; these live in the forms
// and the daos.
package apis

import (
	"net/http"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
)

// InitApi returns a router with the middlewares and routes of the API. It does
// not listen; see [Serve].
func InitApi(app *core.App) (*echo.Echo, error) {
	router := echo.NewWithConfig(echo.Config{
		Logger:           app.Logger(),
		HTTPErrorHandler: traceFailed(app, errorHandler(app)),
		Router: echo.NewRouter(echo.RouterConfig{
			AllowOverwritingRoute:   true,
			UnescapePathParamValues: true,
		}),
		Binder:                       binder{},
		JSONSerializer:               serializer{},
		IPExtractor:                  proxies{}.clientIP,
		NoGroupAutoRegister404Routes: true,
	})
	router.Pre(prepare, traceRequest(app), secureHeaders, recoverPanic(app), trimSlash)
	router.Use(loadAuthContext(app))

	bindAdminUI(app, router)
	api := router.Group("/api")
	bindHealth(app, api)
	bindLogs(app, api)
	bindHooks(app, api)
	logged := api.Group("", ActivityLogger(app))
	bindSettings(app, logged)
	bindAdmins(app, logged)
	bindCollections(app, logged)
	bindRecordCrud(app, logged)
	bindRecordAuth(app, api, logged)
	bindFiles(app, logged)
	bindRealtime(app, api, logged)
	bindBackups(app, logged)
	bindOpenAPI(app, router, logged)
	logged.Any("", notFound)
	logged.Any("/*", notFound)

	return router, nil
}

// notFound ends every API path without a route, whatever the method.
func notFound(*echo.Context) error { return echo.ErrNotFound }

// noContent is the usual last step of a request without an answer body.
func noContent(c *echo.Context) error {
	if isCommitted(c) {
		return nil
	}
	return c.NoContent(http.StatusNoContent)
}

// respond is the usual last step of a request: 200 with the value, unless a hook
// already answered.
func respond(c *echo.Context, value any) error {
	if isCommitted(c) {
		return nil
	}
	return c.JSON(http.StatusOK, value)
}
