package core

import (
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/search"
)

// AdminsListEvent is the payload of OnAdminsListRequest.
type AdminsListEvent struct {
	HttpContext *echo.Context
	Admins      []*models.Admin
	Result      *search.Result
}

// AdminViewEvent is the payload of OnAdminViewRequest.
type AdminViewEvent struct {
	HttpContext *echo.Context
	Admin       *models.Admin
}

// AdminCreateEvent is the payload of the admin create request events.
type AdminCreateEvent struct {
	HttpContext *echo.Context
	Admin       *models.Admin
}

// AdminUpdateEvent is the payload of the admin update request events.
type AdminUpdateEvent struct {
	HttpContext *echo.Context
	Admin       *models.Admin
}

// AdminDeleteEvent is the payload of the admin delete request events.
type AdminDeleteEvent struct {
	HttpContext *echo.Context
	Admin       *models.Admin
}

// AdminAuthRefreshEvent is the payload of the admin token refresh events.
type AdminAuthRefreshEvent struct {
	HttpContext *echo.Context
	Admin       *models.Admin
}

// AdminRequestPasswordResetEvent is the payload of the admin password reset request events.
type AdminRequestPasswordResetEvent struct {
	HttpContext *echo.Context
	Admin       *models.Admin
}

// AdminConfirmPasswordResetEvent is the payload of the admin password reset confirmation events.
type AdminConfirmPasswordResetEvent struct {
	HttpContext *echo.Context
	Admin       *models.Admin
}

// AdminAuthEvent is the payload of OnAdminAuthRequest.
type AdminAuthEvent struct {
	HttpContext *echo.Context
	Admin       *models.Admin
	Token       string
}

// AdminAuthWithPasswordEvent is the payload of the admin password sign-in events.
type AdminAuthWithPasswordEvent struct {
	HttpContext *echo.Context
	Admin       *models.Admin
	// Identity and Password are what was submitted; changing them has no effect.
	Identity string
	Password string
}
