package core

import (
	"errors"
	"maps"

	"github.com/golang-jwt/jwt/v5"

	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// Values of the "type" claim: what kind of account a token belongs to.
const (
	TokenTypeAdmin      = "admin"
	TokenTypeAuthRecord = "authRecord"
)

// Names of the token claims.
const (
	TokenClaimId           = "id"
	TokenClaimType         = "type"
	TokenClaimCollectionId = "collectionId"
	TokenClaimEmail        = "email"
	TokenClaimNewEmail     = "newEmail"
)

// errNotAuth is reported for records that cannot sign in.
var errNotAuth = errors.New("the record is not from an auth collection")

// NewAdminAuthToken returns a token that signs requests in as the admin.
func NewAdminAuthToken(app *App, admin *models.Admin) (string, error) {
	return adminToken(admin, app.tokenConfig(func(s *settings.Settings) settings.TokenConfig { return s.AdminAuthToken }), false)
}

// NewAdminResetPasswordToken returns a token to set a new admin password with.
func NewAdminResetPasswordToken(app *App, admin *models.Admin) (string, error) {
	return adminToken(admin, app.tokenConfig(func(s *settings.Settings) settings.TokenConfig { return s.AdminPasswordResetToken }), true)
}

// NewAdminFileToken returns a short-lived token for protected files.
func NewAdminFileToken(app *App, admin *models.Admin) (string, error) {
	return adminToken(admin, app.tokenConfig(func(s *settings.Settings) settings.TokenConfig { return s.AdminFileToken }), false)
}

// NewRecordAuthToken returns a token that signs requests in as the record.
func NewRecordAuthToken(app *App, record *models.Record) (string, error) {
	return recordToken(record, app.tokenConfig(func(s *settings.Settings) settings.TokenConfig { return s.RecordAuthToken }), nil)
}

// NewRecordVerifyToken returns a token that confirms the record's address.
func NewRecordVerifyToken(app *App, record *models.Record) (string, error) {
	return recordToken(record, app.tokenConfig(func(s *settings.Settings) settings.TokenConfig { return s.RecordVerificationToken }), withEmail(record))
}

// NewRecordResetPasswordToken returns a token to set a new password with.
func NewRecordResetPasswordToken(app *App, record *models.Record) (string, error) {
	return recordToken(record, app.tokenConfig(func(s *settings.Settings) settings.TokenConfig { return s.RecordPasswordResetToken }), withEmail(record))
}

// NewRecordChangeEmailToken returns a token that changes the address to newEmail.
func NewRecordChangeEmailToken(app *App, record *models.Record, newEmail string) (string, error) {
	extra := withEmail(record)
	extra[TokenClaimNewEmail] = newEmail
	return recordToken(record, app.tokenConfig(func(s *settings.Settings) settings.TokenConfig { return s.RecordEmailChangeToken }), extra)
}

// NewRecordFileToken returns a short-lived token for protected files.
func NewRecordFileToken(app *App, record *models.Record) (string, error) {
	return recordToken(record, app.tokenConfig(func(s *settings.Settings) settings.TokenConfig { return s.RecordFileToken }), nil)
}

func (a *App) tokenConfig(pick func(s *settings.Settings) settings.TokenConfig) settings.TokenConfig {
	return settings.Get(a.settings, pick)
}

func withEmail(record *models.Record) jwt.MapClaims {
	return jwt.MapClaims{TokenClaimEmail: record.Email()}
}

// adminToken is signed with the admin's key and the secret of the kind, so a
// new password or a new secret ends it.
func adminToken(admin *models.Admin, kind settings.TokenConfig, email bool) (string, error) {
	claims := jwt.MapClaims{TokenClaimId: admin.Id, TokenClaimType: TokenTypeAdmin}
	if email {
		claims[TokenClaimEmail] = admin.Email
	}
	return security.NewJWT(claims, admin.TokenKey+kind.Secret, kind.Duration)
}

func recordToken(record *models.Record, kind settings.TokenConfig, extra jwt.MapClaims) (string, error) {
	if !record.Collection().IsAuth() {
		return "", errNotAuth
	}
	claims := jwt.MapClaims{
		TokenClaimId:           record.Id,
		TokenClaimType:         TokenTypeAuthRecord,
		TokenClaimCollectionId: record.Collection().Id,
	}
	maps.Copy(claims, extra)
	return security.NewJWT(claims, record.TokenKey()+kind.Secret, kind.Duration)
}
