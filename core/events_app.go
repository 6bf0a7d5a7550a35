package core

import (
	"net/http"

	"github.com/labstack/echo/v5"
	"golang.org/x/crypto/acme/autocert"

	"github.com/tackleboxdev/tacklebox/core/web"
)

// BootstrapEvent is the payload of the bootstrap events.
type BootstrapEvent struct {
	App *App
}

// TerminateEvent is the payload of OnTerminate.
type TerminateEvent struct {
	App *App
	// IsRestart tells whether the app starts again right after.
	IsRestart bool
}

// ServeEvent is the payload of OnBeforeServe.
type ServeEvent struct {
	App *App
	// Router already holds the routes of the API.
	Router *echo.Echo
	Server *http.Server
	// CertManager is nil unless certificates are requested automatically.
	CertManager *autocert.Manager
}

// ApiErrorEvent is the payload of the API error events.
type ApiErrorEvent struct {
	HttpContext *echo.Context
	// Error is what will be answered; its members may be changed.
	Error *web.ApiError
}
