package apis

import (
	"strings"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/web"
)

// Keys under which a request context holds what the middlewares loaded.
const (
	// ContextAdminKey holds the *models.Admin the request is authorised as.
	ContextAdminKey = "admin"
	// ContextAuthRecordKey holds the *models.Record the request is authorised as.
	ContextAuthRecordKey = "authRecord"
	// ContextCollectionKey holds the *models.Collection of the route.
	ContextCollectionKey = "collection"
	// ContextRequestInfoKey holds the cached *models.RequestInfo.
	ContextRequestInfoKey = "requestInfo"

	contextStartKey = "requestStart"
)

// requestDao reads until the client leaves.
func requestDao(app *core.App, c *echo.Context) *daos.Dao {
	return app.Dao().WithContext(c.Request().Context())
}

// RequestInfo returns what rules and hooks may know about the request: method,
// query, headers, body and identity. The body stays readable.
//
// The data is read once per request and shared by all callers; the identity is
// the current one at each call. A body that cannot be parsed counts as empty.
func RequestInfo(c *echo.Context) *models.RequestInfo {
	info, ok := c.Get(ContextRequestInfoKey).(*models.RequestInfo)
	if !ok {
		info = newRequestInfo(c)
		c.Set(ContextRequestInfoKey, info)
	}
	info.Admin, _ = c.Get(ContextAdminKey).(*models.Admin)
	info.AuthRecord, _ = c.Get(ContextAuthRecordKey).(*models.Record)
	return info
}

func newRequestInfo(c *echo.Context) *models.RequestInfo {
	r := c.Request()
	info := &models.RequestInfo{
		Context: models.RequestInfoContextDefault,
		Method:  r.Method,
		Query:   map[string]any{},
		Headers: make(map[string]any, len(r.Header)),
	}
	for key, values := range c.QueryParams() {
		if len(values) > 0 {
			info.Query[key] = values[0]
		}
	}
	for key, values := range r.Header {
		if len(values) > 0 {
			info.Headers[headerKey(key)] = values[0]
		}
	}
	data, err := web.BodyMap(r)
	if err != nil {
		data = map[string]any{}
	}
	info.Data = data
	return info
}

// headerKey turns X-Token into x_token.
func headerKey(name string) string {
	return strings.ToLower(strings.ReplaceAll(name, "-", "_"))
}
