package apis

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"time"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// secretParams matches query values that give access to something.
var secretParams = regexp.MustCompile(`([?&](?:token|code)=)[^&]*`)

// ActivityLogger logs the successful requests of its routes. Failed ones are
// logged by the error handler, whatever their route.
func ActivityLogger(app *core.App) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c *echo.Context) error {
			err := next(c)
			if err == nil {
				logRequest(app, c, nil, nil)
			}
			return err
		}
	}
}

// logRequest hands one entry to the app's logger, which neither blocks nor keeps
// the context.
func logRequest(app *core.App, c *echo.Context, cause error, answered *ApiError) {
	level := slog.LevelInfo
	if cause != nil {
		level = slog.LevelError
	}
	r, logger := c.Request(), app.Logger()
	ctx := context.WithoutCancel(r.Context())
	if !logger.Enabled(ctx, level) {
		return
	}
	uri := maskSecrets(r.URL.RequestURI())
	attrs := make([]slog.Attr, 0, 12)
	attrs = append(attrs, slog.String("type", "request"))
	if started, ok := c.Get(contextStartKey).(time.Time); ok {
		attrs = append(attrs, slog.Float64("execTime", float64(time.Since(started).Microseconds())/1000))
	}
	attrs = append(attrs,
		slog.String("url", uri),
		slog.String("method", r.Method),
		slog.Int("status", answeredStatus(c, cause, answered)),
		slog.String("auth", authKind(c)),
		slog.String("referer", maskSecrets(r.Referer())),
		slog.String("userAgent", r.UserAgent()),
	)
	if settings.Get(app.Settings(), func(s *settings.Settings) bool { return s.Logs.LogIp }) {
		attrs = append(attrs, slog.String("userIp", c.RealIP()), slog.String("remoteIp", remoteIP(r)))
	}
	if cause != nil {
		attrs = append(attrs, failureAttrs(cause, answered)...)
	}
	text := uri
	if strings.ContainsAny(uri, "%+") {
		if plain, err := url.QueryUnescape(uri); err == nil {
			text = plain
		}
	}
	logger.LogAttrs(ctx, level, r.Method+" "+text, attrs...)
}

func maskSecrets(uri string) string {
	if !strings.Contains(uri, "?") {
		return uri
	}
	return secretParams.ReplaceAllString(uri, "${1}******")
}

func failureAttrs(cause error, answered *ApiError) []slog.Attr {
	if answered == nil {
		return []slog.Attr{slog.String("error", cause.Error())}
	}
	attrs := []slog.Attr{slog.String("error", answered.Message)}
	if raw := answered.RawData(); raw != nil {
		attrs = append(attrs, slog.String("details", detailsOf(raw)))
	}
	return attrs
}

// detailsOf tells what an answer is about. An answer that a handler of a model
// meant to give has been replaced by a general one: its code and data are kept here.
func detailsOf(raw any) string {
	text := fmt.Sprint(raw)
	err, _ := raw.(error)
	meant, ok := errors.AsType[*ApiError](err)
	if !ok {
		return text
	}
	text += fmt.Sprintf(" (%d", meant.Code)
	if data, err := json.Marshal(meant.Data); err == nil && len(meant.Data) > 0 {
		text += " " + string(data)
	}
	return text + ")"
}

func answeredStatus(c *echo.Context, cause error, answered *ApiError) int {
	response, err := echo.UnwrapResponse(c.Response())
	if err == nil && (response.Committed || cause == nil) {
		return response.Status
	}
	if answered != nil {
		return answered.Code
	}
	return 0
}

func authKind(c *echo.Context) string {
	switch {
	case authAdmin(c) != nil:
		return "admin"
	case authRecord(c) != nil:
		return "authRecord"
	}
	return "guest"
}
