package apis

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/types"
	"github.com/tackleboxdev/tacklebox/core/web"
)

const (
	defaultTraces = 100
	maxTraces     = 1000
)

// hooksAPI shows admins which handlers there are and what they did.
type hooksAPI struct{ app *core.App }

func bindHooks(app *core.App, api *echo.Group) {
	a := &hooksAPI{app}
	admin := RequireAdminAuth()
	api.GET("/hooks", a.list, admin)
	api.GET("/hooks/traces", a.traces, admin)
}

// list answers with all handlers in the order in which they run. Those of the
// server itself are left out unless the query says all=true.
func (a *hooksAPI) list(c *echo.Context) error {
	handlers := core.ListHandlers(a.app)
	if all, _ := strconv.ParseBool(c.QueryParam("all")); !all {
		handlers = slices.DeleteFunc(handlers, func(l core.ListedHandler) bool { return l.BuiltIn })
	}
	for i := range handlers {
		if handlers[i].Tags == nil {
			handlers[i].Tags = []string{}
		}
	}
	return c.JSON(http.StatusOK, map[string]any{"items": handlers})
}

// traces answers with the latest runs, the newest first.
func (a *hooksAPI) traces(c *echo.Context) error {
	filter, err := runFilter(c)
	if err != nil {
		return err
	}
	runs := core.Runs(a.app, filter)
	for i := range runs {
		if runs[i].Changed == nil {
			runs[i].Changed = []string{}
		}
	}
	return c.JSON(http.StatusOK, map[string]any{"items": runs})
}

func runFilter(c *echo.Context) (core.RunFilter, error) {
	f := core.RunFilter{
		Event: c.QueryParam("hook"), Handler: c.QueryParam("handler"), Outcome: c.QueryParam("outcome"), Limit: defaultTraces,
	}
	switch f.Outcome {
	case "", core.RunOK, core.RunStopped, core.RunFailed:
	default:
		return f, web.NewBadRequestError("The outcome must be ok, stopped or failed.", nil)
	}
	if text := c.QueryParam("limit"); text != "" {
		limit, err := strconv.Atoi(text)
		if err != nil || limit < 1 {
			return f, web.NewBadRequestError("The limit must be a positive number.", nil)
		}
		f.Limit = min(limit, maxTraces)
	}
	if text := c.QueryParam("after"); text != "" {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return f, web.NewBadRequestError("The parameter after must be the id of a run.", nil)
		}
		f.After = id
	}
	if text := c.QueryParam("since"); text != "" {
		var err error
		if f.Since, err = parseSince(text); err != nil {
			return f, err
		}
	}
	return f, nil
}

// parseSince reads a moment, or how long ago it was ("5m").
func parseSince(text string) (time.Time, error) {
	if ago, err := time.ParseDuration(text); err == nil {
		return time.Now().Add(-ago), nil
	}
	moment, err := types.ParseDateTime(text)
	if err != nil || moment.IsZero() {
		return time.Time{}, web.NewBadRequestError("The parameter since must be a date or a duration.", nil)
	}
	return moment.Time(), nil
}

// traceRequest makes what runs for a request known as part of it. Failed requests
// go on until their error is answered.
func traceRequest(app *core.App) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			core.BeginRequest(app, c)
			answered := false
			defer func() {
				if !answered { // it panicked
					core.EndRequest(app, c, nil)
				}
			}()
			err := next(c)
			answered = true
			if err == nil {
				core.EndRequest(app, c, nil)
			}
			return err
		}
	}
}

// traceFailed ends the trace of a request that failed when its error is answered.
func traceFailed(app *core.App, answer echo.HTTPErrorHandler) echo.HTTPErrorHandler {
	return func(c *echo.Context, err error) {
		defer core.EndRequest(app, c, err)
		answer(c, err)
	}
}
