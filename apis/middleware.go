package apis

import (
	"fmt"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/web"
)

const (
	apiPrefix   = "/api/"
	corsMethods = "GET,HEAD,PUT,PATCH,POST,DELETE"
	anyOrigin   = "*"
)

// prepare notes when the request started and lets its body be read again.
func prepare(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		c.Set(contextStartKey, time.Now())
		web.MakeReplayable(c.Request())
		return next(c)
	}
}

// trimSlash drops one trailing slash of API paths, so that both spellings reach
// the same route.
func trimSlash(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		r := c.Request()
		if strings.HasPrefix(r.URL.Path, apiPrefix) {
			r.URL.Path = strings.TrimSuffix(r.URL.Path, "/")
			r.URL.RawPath = strings.TrimSuffix(r.URL.RawPath, "/")
		}
		return next(c)
	}
}

// secureHeaders sets the headers that every answer carries.
func secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c *echo.Context) error {
		h := c.Response().Header()
		h["X-Content-Type-Options"] = []string{"nosniff"}
		h["X-Frame-Options"] = []string{"SAMEORIGIN"}
		h["X-Xss-Protection"] = []string{"1; mode=block"}
		return next(c)
	}
}

// cors answers preflight requests and names the allowed origin.
func cors(origins []string) echo.MiddlewareFunc {
	allowAny := slices.Contains(origins, anyOrigin)
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			r, h := c.Request(), c.Response().Header()
			h.Add(echo.HeaderVary, echo.HeaderOrigin)
			origin := r.Header.Get(echo.HeaderOrigin)
			switch {
			case origin == "":
			case allowAny:
				h.Set(echo.HeaderAccessControlAllowOrigin, anyOrigin)
			case slices.ContainsFunc(origins, func(o string) bool { return strings.EqualFold(o, origin) }):
				h.Set(echo.HeaderAccessControlAllowOrigin, origin)
			}
			if r.Method != http.MethodOptions {
				return next(c)
			}
			h.Add(echo.HeaderVary, echo.HeaderAccessControlRequestMethod)
			h.Add(echo.HeaderVary, echo.HeaderAccessControlRequestHeaders)
			if h.Get(echo.HeaderAccessControlAllowOrigin) != "" {
				h.Set(echo.HeaderAccessControlAllowMethods, corsMethods)
				if asked := r.Header.Get(echo.HeaderAccessControlRequestHeaders); asked != "" {
					h.Set(echo.HeaderAccessControlAllowHeaders, asked)
				}
			}
			return c.NoContent(http.StatusNoContent)
		}
	}
}

// recoverPanic turns a panic into the failure of this one request.
func recoverPanic(app *core.App) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) (err error) {
			defer func() {
				cause := recover()
				if cause == nil {
					return
				}
				if cause == http.ErrAbortHandler { //nolint:errorlint // the documented sentinel is compared as it is
					panic(cause)
				}
				app.Logger().Error("request panicked",
					"method", c.Request().Method, "path", c.Request().URL.Path,
					"panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
				err = web.NewBadRequestError("", fmt.Errorf("panic: %v", cause))
			}()
			return next(c)
		}
	}
}

// redirectWWW sends requests for www.HOST to HOST for the given hosts.
func redirectWWW(hosts []string) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			r := c.Request()
			bare, ok := strings.CutPrefix(r.Host, "www.")
			if !ok || !slices.Contains(hosts, bare) {
				return next(c)
			}
			return c.Redirect(http.StatusTemporaryRedirect, c.Scheme()+"://"+bare+r.RequestURI)
		}
	}
}
