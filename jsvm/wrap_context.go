package jsvm

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"reflect"
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/web"
)

// contextNames are the members of an HTTP context that scripts see.
var contextNames = []string{
	"attachment", "bind", "blob", "cookie", "cookies", "echo", "error", "file", "fileFS", "formFile", "formValue",
	"formValueDefault", "formValues", "get", "html", "htmlBlob", "inline", "isTLS", "isWebSocket", "json", "jsonBlob",
	"jsonPretty", "jsonp", "jsonpBlob", "multipartForm", "noContent", "path", "pathParam", "pathParamDefault",
	"pathParams", "queryParam", "queryParamDefault", "queryParams", "queryString", "rawPathParams", "realIP",
	"redirect", "render", "request", "reset", "response", "routeInfo", "scheme", "set", "setCookie", "setPath",
	"setPathParams", "setRawPathParams", "setRequest", "setResponse", "setRouteInfo", "stream", "string", "validate",
	"xml", "xmlBlob", "xmlPretty",
}

// contextMembers are those that are not simply methods of the Go type.
func contextMembers() []*member {
	return []*member{
		{name: "get", arity: 1, call: onContext(func(env *environment, c *echo.Context, call goja.FunctionCall) goja.Value {
			return env.toJS(c.Get(call.Argument(0).String()))
		})},
		{name: "set", arity: 2, call: onContext(func(env *environment, c *echo.Context, call goja.FunctionCall) goja.Value {
			c.Set(call.Argument(0).String(), env.toGo(call.Argument(1)))
			return goja.Undefined()
		})},
		{name: "json", arity: 2, call: onContext(func(env *environment, c *echo.Context, call goja.FunctionCall) goja.Value {
			return env.answered(env.answerJSON(c, int(call.Argument(0).ToInteger()), call.Argument(1)))
		})},
		{name: "pathParam", arity: 1, call: onContext(func(env *environment, c *echo.Context, call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(c.Param(call.Argument(0).String()))
		})},
		{name: "queryParam", arity: 1, call: onContext(func(env *environment, c *echo.Context, call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(c.QueryParam(call.Argument(0).String()))
		})},
		renamed("pathParamDefault", (*echo.Context).ParamOr),
		renamed("pathParams", (*echo.Context).PathValues),
		renamed("rawPathParams", (*echo.Context).PathValues),
		renamed("queryParamDefault", (*echo.Context).QueryParamOr),
		renamed("formValueDefault", (*echo.Context).FormValueOr),
		renamed("setPathParams", (*echo.Context).SetPathValues),
		renamed("setRawPathParams", (*echo.Context).SetPathValues),
		renamed("setRouteInfo", func(c *echo.Context, info echo.RouteInfo) {
			values := c.PathValues()
			c.InitializeRoute(&info, &values)
		}),
		renamed("bind", bindBody),
		replaced("jsonBlob", func(c *echo.Context, code int, content []byte) error {
			return c.Blob(code, "application/json; charset=UTF-8", content)
		}),
		replaced("file", sendFile),
		replaced("attachment", func(c *echo.Context, file, name string) error { return sendFileAs(c, "attachment", file, name) }),
		replaced("inline", func(c *echo.Context, file, name string) error { return sendFileAs(c, "inline", file, name) }),
		replaced("isWebSocket", func(c *echo.Context) bool {
			return strings.EqualFold(c.Request().Header.Get(echo.HeaderUpgrade), "websocket")
		}),
		renamed("response", responseOf),
		renamed("error", func(c *echo.Context, err error) { c.Echo().HTTPErrorHandler(c, err) }),
		renamed("string", (*echo.Context).String),
		renamed("stream", func(c *echo.Context, code int, contentType string, r io.Reader) error {
			if closer, ok := r.(io.Closer); ok {
				defer func() { _ = closer.Close() }()
			}
			return c.Stream(code, contentType, r)
		}),
	}
}

// bindBody reads the request into a model. Bodies that cannot be read are
// answered with the reason.
func bindBody(c *echo.Context, target any) error {
	err := c.Bind(target)
	var apiErr *web.ApiError
	if err == nil || errors.As(err, &apiErr) {
		return err
	}
	if status := echo.StatusCode(err); status != 0 && status != http.StatusBadRequest {
		return err
	}
	if number, ok := errors.AsType[*strconv.NumError](err); ok {
		return web.NewBadRequestError(number.Error(), nil) // names the value
	}
	for cause := err; cause != nil; cause = errors.Unwrap(cause) {
		err = cause
	}
	return web.NewBadRequestError(err.Error(), nil)
}

// anyFile opens files like os.Open. That of the router only knows those below
// the working directory.
type anyFile struct{}

// Open implements fs.FS.
func (anyFile) Open(name string) (fs.File, error) { return os.Open(name) }

func sendFile(c *echo.Context, file string) error { return c.FileFS(file, anyFile{}) }

func sendFileAs(c *echo.Context, disposition, file, name string) error {
	c.Response().Header().Set(echo.HeaderContentDisposition, fmt.Sprintf("%s; filename=%q", disposition, name))
	return sendFile(c, file)
}

// responseOf finds the response behind whatever middlewares put around it.
func responseOf(c *echo.Context) (*echo.Response, error) { return echo.UnwrapResponse(c.Response()) }

func onContext(fn func(env *environment, c *echo.Context, call goja.FunctionCall) goja.Value) nativeMethod {
	return func(env *environment, recv any, call goja.FunctionCall) goja.Value {
		return fn(env, recv.(*echo.Context), call)
	}
}

// renamed makes a member of a function whose first parameter is the receiver.
func renamed(name string, fn any) *member {
	v := reflect.ValueOf(fn)
	typ := v.Type()
	return &member{name: name, arity: typ.NumIn() - 1, typ: withoutReceiver(typ), call: func(env *environment, recv any, call goja.FunctionCall) goja.Value {
		return env.callMethod(v, recv, call.Arguments)
	}}
}

// replaced is renamed for a function that takes the place of a method and keeps
// its declaration.
func replaced(name string, fn any) *member {
	m := renamed(name, fn)
	m.typ = nil
	return m
}

// answered throws the error of an answer.
func (env *environment) answered(err error) goja.Value {
	if err != nil {
		env.throwGo(err)
	}
	return goja.Undefined()
}

// routeMembers are the members of a route as v0.22 had them: all of them methods.
func routeMembers() []*member {
	return []*member{
		renamed("method", func(r *echo.RouteInfo) string { return r.Method }),
		renamed("path", func(r *echo.RouteInfo) string { return r.Path }),
		renamed("name", func(r *echo.RouteInfo) string {
			if r.Name == "" {
				return r.Method + ":" + r.Path
			}
			return r.Name
		}),
		renamed("params", func(r *echo.RouteInfo) []string { return r.Parameters }),
	}
}

// responseMembers adds what v0.22 had on responses.
func responseMembers() []*member {
	return []*member{
		{name: "writer", get: func(env *environment, recv any) goja.Value {
			return env.toJS(recv.(*echo.Response).Unwrap())
		}},
	}
}
