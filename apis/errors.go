package apis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"runtime/debug"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/web"
)

// ApiError is an error that a client may see as it is; see [web.ApiError].
type ApiError = web.ApiError

// NewApiError is [web.NewApiError].
func NewApiError(status int, message string, data any) *ApiError {
	return web.NewApiError(status, message, data)
}

// NewBadRequestError is [web.NewBadRequestError].
func NewBadRequestError(message string, data any) *ApiError {
	return web.NewBadRequestError(message, data)
}

// NewNotFoundError is [web.NewNotFoundError].
func NewNotFoundError(message string, data any) *ApiError {
	return web.NewNotFoundError(message, data)
}

// NewForbiddenError is [web.NewForbiddenError].
func NewForbiddenError(message string, data any) *ApiError {
	return web.NewForbiddenError(message, data)
}

// NewUnauthorizedError is [web.NewUnauthorizedError].
func NewUnauthorizedError(message string, data any) *ApiError {
	return web.NewUnauthorizedError(message, data)
}

// maxStatus is the highest status that can be written.
const maxStatus = 999

// Texts that several routes share.
const (
	textLoadFailed      = "An error occurred while loading the submitted data."
	textFormInvalid     = "An error occurred while validating the form."
	textInvalidFormat   = "Failed to load the submitted data due to invalid formatting."
	textAuthFailed      = "Failed to authenticate."
	textResetFailed     = "Failed to set new password."
	textOnlyAdmins      = "Only admins can perform this action."
	textUnsupportedType = "Unsupported collection type."
)

// toApiError is the one map from an error to what the client gets. It returns
// nil when there is nobody left to answer.
func toApiError(c *echo.Context, err error) *ApiError {
	if unavailable, ok := errors.AsType[web.Unavailable](err); ok {
		return unavailable.Unavailable()
	}
	if apiErr, ok := errors.AsType[*web.ApiError](err); ok {
		return apiErr
	}
	if errors.Is(err, context.Canceled) && c.Request().Context().Err() != nil {
		return nil
	}
	if httpErr, ok := errors.AsType[*echo.HTTPError](err); ok {
		return fromHTTPError(httpErr)
	}
	if status := echo.StatusCode(err); status != 0 {
		return web.NewApiError(status, http.StatusText(status), nil)
	}
	if fields, ok := errors.AsType[validation.Errors](err); ok {
		return web.NewBadRequestError("", fields)
	}
	if errors.Is(err, sql.ErrNoRows) {
		return web.NewNotFoundError("", err)
	}
	return web.NewBadRequestError("", err)
}

// fromHTTPError keeps the status of router and bind errors. Their text is only
// shown when it was given by the caller; the cause never is.
func fromHTTPError(err *echo.HTTPError) *ApiError {
	message := err.Message
	if message == "" {
		message = http.StatusText(err.Code)
	}
	return web.NewApiError(err.Code, message, errors.Unwrap(err))
}

// errorHandler answers every error that leaves a handler or middleware. The
// hooks may change the answer or write their own.
func errorHandler(app *core.App) echo.HTTPErrorHandler {
	return func(c *echo.Context, err error) {
		defer func() {
			if cause := recover(); cause != nil {
				app.Logger().Error("API error hook panicked", "panic", fmt.Sprint(cause), "stack", string(debug.Stack()))
			}
		}()
		apiErr := toApiError(c, err)
		logRequest(app, c, err, apiErr)
		if apiErr == nil || isCommitted(c) {
			return
		}
		event := &core.ApiErrorEvent{HttpContext: c, Error: apiErr}
		if err := app.OnBeforeApiError().Trigger(event, writeApiError); err != nil {
			app.Logger().Error("before API error hook", "error", err.Error())
			return
		}
		if err := app.OnAfterApiError().Trigger(event); err != nil {
			app.Logger().Error("after API error hook", "error", err.Error())
		}
	}
}

func writeApiError(e *core.ApiErrorEvent) error {
	c := e.HttpContext
	if isCommitted(c) {
		return nil
	}
	status := e.Error.Code
	if status < http.StatusOK || status > maxStatus {
		status = http.StatusInternalServerError // scripts may have made up any number
	}
	if c.Request().Method == http.MethodHead {
		return c.NoContent(status)
	}
	if e.Error.Data == nil {
		e.Error.Data = map[string]any{}
	}
	return c.JSON(status, e.Error)
}

// isCommitted reports whether an answer is already on its way.
func isCommitted(c *echo.Context) bool {
	response, err := echo.UnwrapResponse(c.Response())
	return err == nil && response.Committed
}
