package apis

import (
	"context"
	"net/http"
	"reflect"
	"slices"

	"github.com/labstack/echo/v5"
)

// RequestScoped is implemented by values of a request context that have no
// meaning, and should not be kept, once the request has left its handler.
type RequestScoped interface{ RequestScoped() }

// detach returns a copy of a request context that stays as it is when the
// request is over, for what goes on behind it. Its answer counts as written.
func detach(ctx context.Context, c *echo.Context) *echo.Context {
	w := &spentWriter{header: c.Response().Header().Clone()}
	r := c.Request().WithContext(ctx)
	r.Body, r.GetBody = http.NoBody, nil
	d := echo.NewContext(r, w, c.Echo())
	info, values := c.RouteInfo(), slices.Clone(c.PathValues())
	d.InitializeRoute(&info, &values)
	d.SetPath(c.Path())
	for _, key := range storedKeys(c) {
		if value := c.Get(key); value != nil {
			if _, scoped := value.(RequestScoped); !scoped {
				d.Set(key, value)
			}
		}
	}
	if response, err := echo.UnwrapResponse(d.Response()); err == nil {
		response.Status, response.Committed = http.StatusOK, true
	}
	return d
}

// storedKeys returns the keys of the values of a context. Echo keeps them in an
// unexported field; TestDetach pins that.
func storedKeys(c *echo.Context) []string {
	field := reflect.ValueOf(c).Elem().FieldByName("store")
	if field.Kind() != reflect.Map {
		return nil
	}
	keys := make([]string, 0, field.Len())
	for _, key := range field.MapKeys() {
		keys = append(keys, key.String())
	}
	return keys
}

// spentWriter is what is left of a response after its connection was taken over.
type spentWriter struct{ header http.Header }

func (w *spentWriter) Header() http.Header       { return w.header }
func (w *spentWriter) WriteHeader(int)           {}
func (w *spentWriter) Write([]byte) (int, error) { return 0, http.ErrHijacked }
func (w *spentWriter) Flush()                    {}
