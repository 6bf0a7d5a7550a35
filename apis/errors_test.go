package apis_test

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"testing"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/apis"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/hook"
)

func failing(err error) echo.HandlerFunc { return func(*echo.Context) error { return err } }

func TestErrorAnswers(t *testing.T) {
	t.Parallel()
	fields := validation.Errors{"name": validation.NewError("code_x", "is bad")}
	cases := map[string]struct {
		err  error
		body string
	}{
		"plain":     {errors.New("driver detail"), `{"code":400,"message":"Something went wrong while processing your request.","data":{}}`},
		"no-rows":   {fmt.Errorf("find: %w", sql.ErrNoRows), `{"code":404,"message":"The requested resource wasn't found.","data":{}}`},
		"fields":    {fmt.Errorf("submit: %w", fields), `{"code":400,"message":"Something went wrong while processing your request.","data":{"name":{"code":"code_x","message":"Is bad."}}}`},
		"api":       {fmt.Errorf("x: %w", apis.NewForbiddenError("no entry", nil)), `{"code":403,"message":"No entry.","data":{}}`},
		"lost":      {apis.NewBadRequestError("wrapped", fmt.Errorf("x: %w", fields)), `{"code":400,"message":"Wrapped.","data":{}}`},
		"echo":      {echo.NewHTTPError(418, "teapot"), `{"code":418,"message":"Teapot.","data":{}}`},
		"echo-code": {echo.ErrTooManyRequests, `{"code":429,"message":"Too Many Requests.","data":{}}`},
	}
	s := serve(t, func(app *core.App) {
		for name, tc := range cases {
			route("/"+name, failing(tc.err))(app)
		}
	})
	for name, tc := range cases {
		if got := s.do(call{method: "GET", path: "/" + name + "?fields=none"}); got.body != tc.body+"\n" {
			t.Errorf("%s:\n got %swant %s", name, got.body, tc.body)
		}
	}
}

func TestApiErrorHooks(t *testing.T) {
	t.Parallel()
	var after atomic.Int32
	s := serve(t,
		route("/change", failing(errors.New("x"))),
		route("/answer", failing(errors.New("x"))),
		route("/stop", failing(errors.New("x"))),
		route("/fail", failing(errors.New("x"))),
		route("/panic", failing(errors.New("x"))),
		route("/written", func(c *echo.Context) error {
			if err := c.String(http.StatusAccepted, "kept"); err != nil {
				return err
			}
			return errors.New("too late")
		}),
		func(app *core.App) {
			app.OnBeforeApiError().Add(func(e *core.ApiErrorEvent) error {
				switch e.HttpContext.Path() {
				case "/change":
					e.Error.Code, e.Error.Message, e.Error.Data = 409, "other", nil
				case "/answer":
					return e.HttpContext.String(http.StatusTeapot, "own")
				case "/stop":
					return hook.StopPropagation
				case "/fail":
					return errors.New("hook")
				case "/panic":
					panic("hook")
				}
				return nil
			})
			app.OnAfterApiError().Add(func(*core.ApiErrorEvent) error {
				after.Add(1)
				return errors.New("only logged")
			})
		})
	for _, tc := range []struct {
		path, body string
		status     int
		after      int32
	}{
		{"/change", `{"code":409,"message":"other","data":{}}` + "\n", 409, 1},
		{"/answer", "own", 418, 1},
		{"/stop", "", 200, 1},
		{"/fail", "", 200, 0},
		{"/panic", "", 200, 0},
		{"/written", "kept", 202, 0},
	} {
		after.Store(0)
		got := s.do(call{method: "GET", path: tc.path})
		if got.status != tc.status || got.body != tc.body || after.Load() != tc.after {
			t.Errorf("%s: %d %q, %d after hooks", tc.path, got.status, got.body, after.Load())
		}
	}
}
