package forms

import (
	"errors"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/ozzo-validation/v4/is"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
)

const maxAvatar = 9

// AdminUpsert creates or changes an admin.
type AdminUpsert struct {
	dao   *daos.Dao
	admin *models.Admin

	Id              string `form:"id" json:"id"`
	Avatar          int    `form:"avatar" json:"avatar"`
	Email           string `form:"email" json:"email"`
	Password        string `form:"password" json:"password"`
	PasswordConfirm string `form:"passwordConfirm" json:"passwordConfirm"`
}

// NewAdminUpsert returns a form that starts with the values of the admin, which
// may be a new one.
func NewAdminUpsert(app *core.App, admin *models.Admin) *AdminUpsert {
	return &AdminUpsert{
		dao:    app.Dao(),
		admin:  admin,
		Id:     admin.Id,
		Avatar: admin.Avatar,
		Email:  admin.Email,
	}
}

// SetDao replaces the dao of the form.
func (f *AdminUpsert) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks all fields.
func (f *AdminUpsert) Validate() error {
	isNew := f.admin.IsNew()
	return validation.ValidateStruct(f,
		validation.Field(&f.Id, idRules(f.dao, f.admin)...),
		validation.Field(&f.Avatar, validation.Min(0), validation.Max(maxAvatar)),
		validation.Field(&f.Email,
			validation.Required, validation.Length(1, maxTextLength), is.EmailFormat, validation.By(f.checkUniqueEmail)),
		validation.Field(&f.Password,
			validation.When(isNew, validation.Required), validation.Length(minAdminPassword, maxPasswordLength)),
		validation.Field(&f.PasswordConfirm,
			validation.When(f.Password != "", validation.Required), equals(f.Password, textMismatch)),
	)
}

const textMismatch = "Values don't match"

func (f *AdminUpsert) checkUniqueEmail(any) error {
	if f.dao.IsAdminEmailUnique(f.Email, f.admin.Id) {
		return nil
	}
	return validation.NewError(codeAdminEmailExists, "Admin email already exists")
}

// ValidateAndFill validates the form and copies it to the admin.
func (f *AdminUpsert) ValidateAndFill() error {
	if err := f.Validate(); err != nil {
		return err
	}
	if f.admin.IsNew() && f.Id != "" {
		f.admin.SetId(f.Id)
	}
	f.admin.Avatar = f.Avatar
	f.admin.Email = f.Email
	if f.Password == "" {
		return nil
	}
	return f.admin.SetPassword(f.Password)
}

// Save stores an admin.
func (f *AdminUpsert) Save(admin *models.Admin) error {
	if admin == nil {
		return errors.New("save admin: there is none")
	}
	return f.dao.SaveAdmin(admin)
}

// Submit validates the form and stores the admin.
func (f *AdminUpsert) Submit(interceptors ...InterceptorFunc[*models.Admin]) error {
	if err := f.ValidateAndFill(); err != nil {
		return err
	}
	return intercept(f.admin, f.Save, interceptors)
}
