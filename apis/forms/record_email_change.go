package forms

import (
	"errors"
	"fmt"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// RecordEmailChangeRequest mails a link to the address that an account wants to have.
type RecordEmailChangeRequest struct {
	app    *core.App
	dao    *daos.Dao
	record *models.Record

	NewEmail string `form:"newEmail" json:"newEmail"`
}

// NewRecordEmailChangeRequest returns an empty form for an account.
func NewRecordEmailChangeRequest(app *core.App, record *models.Record) *RecordEmailChangeRequest {
	return &RecordEmailChangeRequest{app: app, dao: app.Dao(), record: record}
}

// SetDao replaces the dao of the form.
func (f *RecordEmailChangeRequest) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks the address, its domain, and that no account of the collection has it.
func (f *RecordEmailChangeRequest) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.NewEmail, append(addressRules(), validation.By(f.checkDomain), validation.By(f.checkFree))...))
}

func (f *RecordEmailChangeRequest) checkDomain(any) error {
	o := f.record.Collection().AuthOptions()
	return schema.CheckEmailDomain(f.NewEmail, o.OnlyEmailDomains, o.ExceptEmailDomains)
}

func (f *RecordEmailChangeRequest) checkFree(any) error {
	if f.dao.IsRecordValueUnique(f.record.Collection().Id, schema.FieldNameEmail, f.NewEmail) {
		return nil
	}
	return validation.NewError(codeNewEmail, "User email already exists or it is invalid")
}

// Send mails the new address.
func (f *RecordEmailChangeRequest) Send(record *models.Record) error {
	return core.SendRecordChangeEmail(f.app, record, f.NewEmail)
}

// Submit validates the form and sends the mail.
func (f *RecordEmailChangeRequest) Submit(interceptors ...InterceptorFunc[*models.Record]) error {
	if err := f.Validate(); err != nil {
		return err
	}
	return intercept(f.record, f.Send, interceptors)
}

// RecordEmailChangeConfirm changes the address of an account with the token of
// a mail and the password of the account.
type RecordEmailChangeConfirm struct {
	dao   *daos.Dao
	token mailToken

	Token    string `form:"token" json:"token"`
	Password string `form:"password" json:"password"`
}

// NewRecordEmailChangeConfirm returns an empty form for an auth collection.
func NewRecordEmailChangeConfirm(app *core.App, collection *models.Collection) *RecordEmailChangeConfirm {
	return &RecordEmailChangeConfirm{dao: app.Dao(), token: mailToken{
		app: app, collection: collection,
		config: func(s *settings.Settings) settings.TokenConfig { return s.RecordEmailChangeToken },
	}}
}

// SetDao replaces the dao of the form.
func (f *RecordEmailChangeConfirm) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks the token and the password.
func (f *RecordEmailChangeConfirm) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Token, validation.Required, validation.By(f.checkToken)),
		validation.Field(&f.Password, validation.Required,
			validation.Length(1, maxSubmittedPassword), validation.By(f.checkPassword)),
	)
}

// checkToken looks at the address last, so that only the holder of a valid token
// learns that it is taken.
func (f *RecordEmailChangeConfirm) checkToken(any) error {
	if f.Token == "" {
		return nil
	}
	newEmail := claim(f.Token, core.TokenClaimNewEmail)
	if newEmail == "" {
		return validation.NewError(codeTokenPayload, "Invalid token payload - newEmail must be set")
	}
	record, err := f.token.check(f.dao, f.Token)
	if err != nil {
		return err
	}
	if !f.dao.IsRecordValueUnique(record.Collection().Id, schema.FieldNameEmail, newEmail) {
		return validation.NewError(codeTokenExistingEmail, "The new email address is already registered: "+newEmail)
	}
	return nil
}

func (f *RecordEmailChangeConfirm) checkPassword(any) error {
	if f.Password == "" {
		return nil
	}
	record, err := f.token.find(f.dao, f.Token)
	if err != nil || !models.VerifyPassword(f.dao.Context(), record.PasswordHash(), f.Password) {
		return validation.NewError(codeInvalidPassword, "Missing or invalid auth record password")
	}
	return nil
}

// ValidateAndFill validates the form and returns the account of the token with
// the new address, which is verified by the token. It is not stored.
func (f *RecordEmailChangeConfirm) ValidateAndFill() (*models.Record, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	record, err := f.token.find(f.dao, f.Token)
	if err != nil {
		return nil, fmt.Errorf("find account: %w", err)
	}
	return record, errors.Join(
		record.SetEmail(claim(f.Token, core.TokenClaimNewEmail)),
		record.SetVerified(true),
		record.RefreshTokenKey(),
	)
}

// Save stores the account.
func (f *RecordEmailChangeConfirm) Save(record *models.Record) error { return f.dao.SaveRecord(record) }

// Submit validates the form, stores the new address and returns the account.
func (f *RecordEmailChangeConfirm) Submit(interceptors ...InterceptorFunc[*models.Record]) (*models.Record, error) {
	return submitConfirm(f, interceptors)
}
