package core_test

import (
	"maps"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

func authRecord(t *testing.T) *models.Record {
	t.Helper()
	collection := &models.Collection{Name: "members", Type: models.CollectionTypeAuth}
	collection.Id = "members12345678"
	record := models.NewRecord(collection)
	record.Id = "record123456789"
	record.Set("email", "ann@example.com")
	record.Set("tokenKey", "recordKey")
	return record
}

func TestTokens(t *testing.T) {
	t.Parallel()
	app := core.New(core.Config{DataDir: t.TempDir()})
	s := app.Settings()
	admin := &models.Admin{Email: "root@example.com", TokenKey: "adminKey"}
	admin.Id = "admin1234567890"
	record := authRecord(t)

	adminClaims := jwt.MapClaims{"id": "admin1234567890", "type": "admin"}
	recordClaims := jwt.MapClaims{"id": "record123456789", "type": "authRecord", "collectionId": "members12345678"}
	with := func(base jwt.MapClaims, extra jwt.MapClaims) jwt.MapClaims {
		all := maps.Clone(base)
		maps.Copy(all, extra)
		return all
	}
	adminEmail := jwt.MapClaims{"email": "root@example.com"}
	recordEmail := jwt.MapClaims{"email": "ann@example.com"}

	for _, tc := range []struct {
		name   string
		create func() (string, error)
		key    string
		kind   settings.TokenConfig
		want   jwt.MapClaims
	}{
		{"admin auth", func() (string, error) { return core.NewAdminAuthToken(app, admin) }, "adminKey", s.AdminAuthToken, adminClaims},
		{"admin reset", func() (string, error) { return core.NewAdminResetPasswordToken(app, admin) }, "adminKey", s.AdminPasswordResetToken, with(adminClaims, adminEmail)},
		{"admin file", func() (string, error) { return core.NewAdminFileToken(app, admin) }, "adminKey", s.AdminFileToken, adminClaims},
		{"record auth", func() (string, error) { return core.NewRecordAuthToken(app, record) }, "recordKey", s.RecordAuthToken, recordClaims},
		{"record file", func() (string, error) { return core.NewRecordFileToken(app, record) }, "recordKey", s.RecordFileToken, recordClaims},
		{"record verify", func() (string, error) { return core.NewRecordVerifyToken(app, record) }, "recordKey", s.RecordVerificationToken, with(recordClaims, recordEmail)},
		{"record reset", func() (string, error) { return core.NewRecordResetPasswordToken(app, record) }, "recordKey", s.RecordPasswordResetToken, with(recordClaims, recordEmail)},
		{
			"record change email", func() (string, error) { return core.NewRecordChangeEmailToken(app, record, "new@example.com") },
			"recordKey", s.RecordEmailChangeToken, with(recordClaims, jwt.MapClaims{"email": "ann@example.com", "newEmail": "new@example.com"}),
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			token, err := tc.create()
			if err != nil {
				t.Fatal(err)
			}
			claims, err := security.ParseJWT(token, tc.key+tc.kind.Secret)
			if err != nil {
				t.Fatal(err)
			}
			expires, err := claims.GetExpirationTime()
			if err != nil {
				t.Fatal(err)
			}
			if left := time.Until(expires.Time).Seconds() - float64(tc.kind.Duration); left > 1 || left < -5 {
				t.Errorf("the token lives %v s longer than configured", left)
			}
			delete(claims, "exp")
			if !maps.Equal(claims, tc.want) {
				t.Errorf("claims %v, want %v", claims, tc.want)
			}
		})
	}
}

func TestTokensNeedAnAuthRecord(t *testing.T) {
	t.Parallel()
	app := core.New(core.Config{DataDir: t.TempDir()})
	record := models.NewRecord(&models.Collection{Name: "posts", Type: models.CollectionTypeBase})
	if _, err := core.NewRecordAuthToken(app, record); err == nil {
		t.Fatal("a base record cannot sign in")
	}
	if err := core.SendRecordVerification(app, record); err == nil {
		t.Fatal("a base record has no address")
	}
}
