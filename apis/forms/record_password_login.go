package forms

import (
	"context"
	"fmt"
	"time"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/ozzo-validation/v4/is"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// loginAlertInterval is how long a login alert keeps further ones back.
const loginAlertInterval = 168 * time.Hour

// RecordPasswordLogin signs a record in with email or username and password.
type RecordPasswordLogin struct {
	app        *core.App
	dao        *daos.Dao
	collection *models.Collection

	Identity string `form:"identity" json:"identity"`
	Password string `form:"password" json:"password"`
}

// NewRecordPasswordLogin returns an empty form for an auth collection.
func NewRecordPasswordLogin(app *core.App, collection *models.Collection) *RecordPasswordLogin {
	return &RecordPasswordLogin{app: app, dao: app.Dao(), collection: collection}
}

// SetDao replaces the dao of the form.
func (f *RecordPasswordLogin) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks the shape of the credentials, not whether they are right.
func (f *RecordPasswordLogin) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Identity, validation.Required, validation.Length(1, maxTextLength)),
		validation.Field(&f.Password, validation.Required, validation.Length(1, maxTextLength)),
	)
}

// Find returns the record that the identity names by a method the collection
// allows, or nil.
func (f *RecordPasswordLogin) Find() *models.Record {
	options := f.collection.AuthOptions()
	find := f.dao.FindAuthRecordByUsername
	allowed := options.AllowUsernameAuth
	if is.EmailFormat.Validate(f.Identity) == nil {
		find, allowed = f.dao.FindAuthRecordByEmail, options.AllowEmailAuth
	}
	if !allowed {
		return nil
	}
	record, err := find(f.collection.Id, f.Identity)
	if err != nil {
		return nil
	}
	return record
}

// Check fails with [ErrInvalidCredentials] unless the password is that of the
// record, and takes as long for a missing record. A record that usually signs in
// through a provider is told by mail.
func (f *RecordPasswordLogin) Check(record *models.Record) error {
	hash := ""
	if record != nil {
		hash = record.PasswordHash()
	}
	if !models.VerifyPassword(f.dao.Context(), hash, f.Password) {
		return ErrInvalidCredentials
	}
	return f.alert(record)
}

// alert fails when the mail server refuses the mail. Where no mail server is set
// up, signing in goes on without.
func (f *RecordPasswordLogin) alert(record *models.Record) error {
	if !f.collection.AuthOptions().AllowOAuth2Auth || record.Email() == "" ||
		time.Since(record.LastLoginAlertSentAt().Time()) < loginAlertInterval {
		return nil
	}
	dao := f.dao.WithContext(context.WithoutCancel(f.dao.Context()))
	links, err := dao.FindAllExternalAuthsByRecord(record)
	if err != nil || len(links) == 0 {
		return err
	}
	names := make([]string, len(links))
	for i, link := range links {
		names[i] = providerLabel(f.app, link.Provider)
	}
	if err := core.SendRecordPasswordLoginAlert(f.app, record, names...); err != nil {
		f.app.Logger().Warn("send login alert", "record", record.Id, "error", err.Error())
		if hasMailServer(f.app) {
			return fmt.Errorf("send login alert: %w", err)
		}
		return nil
	}
	if err := record.SetLastLoginAlertSentAt(types.NowDateTime()); err != nil {
		return err
	}
	return dao.SaveRecord(record)
}

func hasMailServer(app *core.App) bool {
	return settings.Get(app.Settings(), func(s *settings.Settings) bool { return s.Smtp.Enabled })
}

// Submit validates the form and returns the record it signs in.
func (f *RecordPasswordLogin) Submit(interceptors ...InterceptorFunc[*models.Record]) (*models.Record, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	return settle(f.Find(), f.Check, interceptors)
}
