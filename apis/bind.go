package apis

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/web"
)

// binder binds path values, query values and bodies like echo's own, and in
// addition keeps the body readable, reads only the first JSON value and decodes
// JSON payloads of forms.
type binder struct{}

var _ echo.Binder = binder{}

// Bind implements echo.Binder.
func (binder) Bind(c *echo.Context, target any) error {
	if err := echo.BindPathValues(c, target); err != nil {
		return err
	}
	switch c.Request().Method {
	case http.MethodGet, http.MethodDelete, http.MethodHead:
		if err := echo.BindQueryParams(c, target); err != nil {
			return err
		}
	}
	return bindBody(c, target)
}

// bindBody binds a JSON, url-encoded or multipart body to the target. An empty
// body is not an error.
func bindBody(c *echo.Context, target any) error {
	r := c.Request()
	if r.ContentLength == 0 {
		return nil
	}
	if m, ok := target.(*map[string]any); ok {
		data, err := web.BodyMap(r)
		if err == nil {
			*m = data
		}
		return err
	}
	if strings.HasPrefix(r.Header.Get(echo.HeaderContentType), mimeJSON) {
		return web.DecodeJSON(r, target)
	}
	values, err := web.FormValues(r)
	if err != nil {
		return err
	}
	for _, payload := range values[web.JSONPayloadKey] {
		if err := json.Unmarshal([]byte(payload), target); err != nil {
			return err
		}
	}
	return echo.BindBody(c, target)
}

// bindForm is bindBody with the answer for what cannot be bound.
func bindForm(c *echo.Context, target any, message string) error {
	err := bindBody(c, target)
	if err == nil {
		return nil
	}
	if apiErr := toApiError(c, err); isTooLarge(apiErr) {
		return apiErr
	}
	return web.NewBadRequestError(message, err)
}

func isTooLarge(err *web.ApiError) bool {
	return err != nil && err.Code == http.StatusRequestEntityTooLarge
}
