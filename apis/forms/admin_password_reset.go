package forms

import (
	"errors"
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

// resendThreshold is how long a mail of the same kind must be past.
const resendThreshold = 120 * time.Second

// ErrMailTooRecent is returned when a mail of the same kind was sent a moment ago.
var ErrMailTooRecent = errors.New("a mail was sent recently, try again later")

// AdminPasswordResetRequest mails an admin a link to set a new password.
type AdminPasswordResetRequest struct {
	app *core.App
	dao *daos.Dao

	Email string `form:"email" json:"email"`
}

// NewAdminPasswordResetRequest returns an empty form.
func NewAdminPasswordResetRequest(app *core.App) *AdminPasswordResetRequest {
	return &AdminPasswordResetRequest{app: app, dao: app.Dao()}
}

// SetDao replaces the dao of the form.
func (f *AdminPasswordResetRequest) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks the shape of the address, not whether an admin has it.
func (f *AdminPasswordResetRequest) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Email, validation.Required, validation.Length(1, maxTextLength), is.EmailFormat),
	)
}

// Find returns the admin that may get a mail now. It fails for an unknown
// address and with [ErrMailTooRecent].
func (f *AdminPasswordResetRequest) Find() (*models.Admin, error) {
	admin, err := f.dao.FindAdminByEmail(f.Email)
	if err != nil {
		return nil, fmt.Errorf("find admin: %w", err)
	}
	if time.Since(admin.LastResetSentAt.Time()) < resendThreshold {
		return nil, ErrMailTooRecent
	}
	return admin, nil
}

// Send mails the admin and notes when.
func (f *AdminPasswordResetRequest) Send(admin *models.Admin) error {
	if err := core.SendAdminPasswordReset(f.app, admin); err != nil {
		return err
	}
	// The admin may have changed while the mail was on its way.
	stored, err := f.dao.FindAdminById(admin.Id)
	if err != nil {
		return fmt.Errorf("note sent mail: %w", err)
	}
	stored.LastResetSentAt = types.NowDateTime()
	admin.LastResetSentAt = stored.LastResetSentAt
	return f.dao.SaveAdmin(stored)
}

// Submit validates the form and sends the mail.
func (f *AdminPasswordResetRequest) Submit(interceptors ...InterceptorFunc[*models.Admin]) error {
	return submitRequest(f, interceptors)
}

// AdminPasswordResetConfirm sets a new password with the token of a reset mail.
type AdminPasswordResetConfirm struct {
	app *core.App
	dao *daos.Dao

	Token           string `form:"token" json:"token"`
	Password        string `form:"password" json:"password"`
	PasswordConfirm string `form:"passwordConfirm" json:"passwordConfirm"`
}

// NewAdminPasswordResetConfirm returns an empty form.
func NewAdminPasswordResetConfirm(app *core.App) *AdminPasswordResetConfirm {
	return &AdminPasswordResetConfirm{app: app, dao: app.Dao()}
}

// SetDao replaces the dao of the form.
func (f *AdminPasswordResetConfirm) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks the token and the new password.
func (f *AdminPasswordResetConfirm) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Token, validation.Required, validation.By(func(any) error {
			if _, err := f.find(); err != nil {
				return validation.NewError(codeInvalidToken, "Invalid or expired token")
			}
			return nil
		})),
		validation.Field(&f.Password, validation.Required, validation.Length(minAdminPassword, maxPasswordLength)),
		validation.Field(&f.PasswordConfirm, validation.Required, equals(f.Password, textMismatch)),
	)
}

func (f *AdminPasswordResetConfirm) find() (*models.Admin, error) {
	secret := settings.Get(f.app.Settings(), func(s *settings.Settings) string {
		return s.AdminPasswordResetToken.Secret
	})
	return f.dao.FindAdminByToken(f.Token, secret)
}

// ValidateAndFill validates the form and returns the admin of the token with the
// new password set, but not stored.
func (f *AdminPasswordResetConfirm) ValidateAndFill() (*models.Admin, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	admin, err := f.find()
	if err != nil {
		return nil, fmt.Errorf("find admin: %w", err)
	}
	return admin, admin.SetPassword(f.Password)
}

// Save stores the admin.
func (f *AdminPasswordResetConfirm) Save(admin *models.Admin) error { return f.dao.SaveAdmin(admin) }

// Submit validates the form and stores the new password. It returns the admin.
func (f *AdminPasswordResetConfirm) Submit(interceptors ...InterceptorFunc[*models.Admin]) (*models.Admin, error) {
	return submitConfirm(f, interceptors)
}
