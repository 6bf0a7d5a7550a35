package forms

import (
	"fmt"
	"time"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// RecordPasswordResetRequest mails an account a link to set a new password.
type RecordPasswordResetRequest struct {
	app        *core.App
	dao        *daos.Dao
	collection *models.Collection

	Email string `form:"email" json:"email"`
}

// NewRecordPasswordResetRequest returns an empty form for an auth collection.
func NewRecordPasswordResetRequest(app *core.App, collection *models.Collection) *RecordPasswordResetRequest {
	return &RecordPasswordResetRequest{app: app, dao: app.Dao(), collection: collection}
}

// SetDao replaces the dao of the form.
func (f *RecordPasswordResetRequest) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks the shape of the address, not whether an account has it.
func (f *RecordPasswordResetRequest) Validate() error {
	return validation.ValidateStruct(f, validation.Field(&f.Email, addressRules()...))
}

// Find returns the account that may get a mail now. It fails for an unknown
// address and with [ErrMailTooRecent].
func (f *RecordPasswordResetRequest) Find() (*models.Record, error) {
	record, err := f.dao.FindAuthRecordByEmail(f.collection.Id, f.Email)
	if err != nil {
		return nil, fmt.Errorf("find account: %w", err)
	}
	if time.Since(record.LastResetSentAt().Time()) < resendThreshold {
		return nil, ErrMailTooRecent
	}
	return record, nil
}

// Send mails the account and notes when.
func (f *RecordPasswordResetRequest) Send(record *models.Record) error {
	if err := core.SendRecordPasswordReset(f.app, record); err != nil {
		return err
	}
	return noteMail(f.dao, record, func(r *models.Record) error {
		return r.SetLastResetSentAt(types.NowDateTime())
	})
}

// Submit validates the form and sends the mail.
func (f *RecordPasswordResetRequest) Submit(interceptors ...InterceptorFunc[*models.Record]) error {
	return submitRequest(f, interceptors)
}

// RecordPasswordResetConfirm sets a new password with the token of a reset mail.
type RecordPasswordResetConfirm struct {
	dao   *daos.Dao
	token mailToken

	Token           string `form:"token" json:"token"`
	Password        string `form:"password" json:"password"`
	PasswordConfirm string `form:"passwordConfirm" json:"passwordConfirm"`
}

// NewRecordPasswordResetConfirm returns an empty form for an auth collection.
func NewRecordPasswordResetConfirm(app *core.App, collection *models.Collection) *RecordPasswordResetConfirm {
	return &RecordPasswordResetConfirm{dao: app.Dao(), token: mailToken{
		app: app, collection: collection,
		config: func(s *settings.Settings) settings.TokenConfig { return s.RecordPasswordResetToken },
	}}
}

// SetDao replaces the dao of the form.
func (f *RecordPasswordResetConfirm) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks the token and the new password.
func (f *RecordPasswordResetConfirm) Validate() error {
	minLength := f.token.collection.AuthOptions().MinPasswordLength
	return validation.ValidateStruct(f,
		validation.Field(&f.Token, validation.Required, validation.By(func(any) error {
			if f.Token == "" {
				return nil
			}
			_, err := f.token.check(f.dao, f.Token)
			return err
		})),
		validation.Field(&f.Password, validation.Required,
			validation.Length(minLength, maxSubmittedPassword), validation.By(hashable)),
		validation.Field(&f.PasswordConfirm, validation.Required, equals(f.Password, textMismatch)),
	)
}

// maxSubmittedPassword is the length that clients are told.
const maxSubmittedPassword = 100

// hashable refuses what would be cut off when it is hashed.
func hashable(value any) error {
	if text, _ := value.(string); len(text) > maxPasswordLength {
		return validation.NewError(codeLength, fmt.Sprintf("The length must be no more than %d", maxPasswordLength))
	}
	return nil
}

// ValidateAndFill validates the form and returns the account of the token with
// the new password set, but not stored. Whoever got the mail owns the address,
// so the account is verified, too, if the address is still the same.
func (f *RecordPasswordResetConfirm) ValidateAndFill() (*models.Record, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	record, err := f.token.find(f.dao, f.Token)
	if err != nil {
		return nil, fmt.Errorf("find account: %w", err)
	}
	if err := record.SetPassword(f.Password); err != nil {
		return nil, err
	}
	if email := claim(f.Token, core.TokenClaimEmail); email != "" && email == record.Email() {
		return record, record.SetVerified(true)
	}
	return record, nil
}

// Save stores the account.
func (f *RecordPasswordResetConfirm) Save(record *models.Record) error {
	return f.dao.SaveRecord(record)
}

// Submit validates the form, stores the new password and returns the account.
func (f *RecordPasswordResetConfirm) Submit(interceptors ...InterceptorFunc[*models.Record]) (*models.Record, error) {
	return submitConfirm(f, interceptors)
}
