package forms

import (
	"errors"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/ozzo-validation/v4/is"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// ErrInvalidCredentials is returned for an unknown identity and for a wrong
// password alike.
var ErrInvalidCredentials = errors.New("Invalid login credentials.") //nolint:staticcheck // scripts see the text

// AdminLogin signs an admin in with email and password.
type AdminLogin struct {
	dao *daos.Dao

	Identity string `form:"identity" json:"identity"`
	Password string `form:"password" json:"password"`
}

// NewAdminLogin returns an empty form.
func NewAdminLogin(app *core.App) *AdminLogin {
	return &AdminLogin{dao: app.Dao()}
}

// SetDao replaces the dao of the form.
func (f *AdminLogin) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks the shape of the credentials, not whether they are right.
func (f *AdminLogin) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Identity, validation.Required, validation.Length(1, maxTextLength), is.EmailFormat),
		validation.Field(&f.Password, validation.Required, validation.Length(1, maxTextLength)),
	)
}

// Find returns the admin that the identity names, or nil.
func (f *AdminLogin) Find() *models.Admin {
	admin, err := f.dao.FindAdminByEmail(f.Identity)
	if err != nil {
		return nil
	}
	return admin
}

// Check fails with [ErrInvalidCredentials] unless the password is that of the
// admin, and takes as long for a missing admin.
func (f *AdminLogin) Check(admin *models.Admin) error {
	hash := ""
	if admin != nil {
		hash = admin.PasswordHash
	}
	if !models.VerifyPassword(f.dao.Context(), hash, f.Password) {
		return ErrInvalidCredentials
	}
	return nil
}

// Submit validates the form and returns the admin it signs in.
func (f *AdminLogin) Submit(interceptors ...InterceptorFunc[*models.Admin]) (*models.Admin, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	return settle(f.Find(), f.Check, interceptors)
}
