package core

import (
	"github.com/labstack/echo/v5"

	"github.com/tackleboxdev/tacklebox/core/auth"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// RecordAuthEvent is the payload of OnRecordAuthRequest.
type RecordAuthEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
	Token       string
	// Meta is answered as it is when not nil.
	Meta any
}

// RecordAuthWithPasswordEvent is the payload of the record password sign-in events.
type RecordAuthWithPasswordEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
	// Identity and Password are what was submitted; changing them has no effect.
	Identity string
	Password string
}

// RecordAuthWithOAuth2Event is the payload of the record OAuth2 sign-in events.
type RecordAuthWithOAuth2Event struct {
	BaseCollectionEvent

	HttpContext    *echo.Context
	ProviderName   string
	ProviderClient auth.Provider
	Record         *models.Record
	OAuth2User     *auth.AuthUser
	IsNewRecord    bool
}

// RecordAuthRefreshEvent is the payload of the record token refresh events.
type RecordAuthRefreshEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
}

// RecordListExternalAuthsEvent is the payload of OnRecordListExternalAuthsRequest.
type RecordListExternalAuthsEvent struct {
	BaseCollectionEvent

	HttpContext   *echo.Context
	Record        *models.Record
	ExternalAuths []*models.ExternalAuth
}

// RecordUnlinkExternalAuthEvent is the payload of the provider unlink events.
type RecordUnlinkExternalAuthEvent struct {
	BaseCollectionEvent

	HttpContext  *echo.Context
	Record       *models.Record
	ExternalAuth *models.ExternalAuth
}

// RecordRequestPasswordResetEvent is the payload of the record password reset request events.
type RecordRequestPasswordResetEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
}

// RecordConfirmPasswordResetEvent is the payload of the record password reset confirmation events.
type RecordConfirmPasswordResetEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
}

// RecordRequestVerificationEvent is the payload of the record verification request events.
type RecordRequestVerificationEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
}

// RecordConfirmVerificationEvent is the payload of the record verification confirmation events.
type RecordConfirmVerificationEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
}

// RecordRequestEmailChangeEvent is the payload of the record email change request events.
type RecordRequestEmailChangeEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
}

// RecordConfirmEmailChangeEvent is the payload of the record email change confirmation events.
type RecordConfirmEmailChangeEvent struct {
	BaseCollectionEvent

	HttpContext *echo.Context
	Record      *models.Record
}
