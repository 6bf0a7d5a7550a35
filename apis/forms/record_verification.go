package forms

import (
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

// RecordVerificationRequest mails an account a link to confirm its address.
type RecordVerificationRequest struct {
	app        *core.App
	dao        *daos.Dao
	collection *models.Collection

	Email string `form:"email" json:"email"`
}

// NewRecordVerificationRequest returns an empty form for an auth collection.
func NewRecordVerificationRequest(app *core.App, collection *models.Collection) *RecordVerificationRequest {
	return &RecordVerificationRequest{app: app, dao: app.Dao(), collection: collection}
}

// SetDao replaces the dao of the form.
func (f *RecordVerificationRequest) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks the shape of the address, not whether an account has it.
func (f *RecordVerificationRequest) Validate() error {
	return validation.ValidateStruct(f, validation.Field(&f.Email, addressRules()...))
}

// Find returns the account that may get a mail now. It fails for an unknown
// address and, while the account is unverified, with [ErrMailTooRecent].
func (f *RecordVerificationRequest) Find() (*models.Record, error) {
	record, err := f.dao.FindAuthRecordByEmail(f.collection.Id, f.Email)
	if err != nil {
		return nil, fmt.Errorf("find account: %w", err)
	}
	if !record.Verified() && time.Since(record.LastVerificationSentAt().Time()) < resendThreshold {
		return nil, ErrMailTooRecent
	}
	return record, nil
}

// Send mails the account and notes when. A verified one gets no mail.
func (f *RecordVerificationRequest) Send(record *models.Record) error {
	if record.Verified() {
		return nil
	}
	if err := core.SendRecordVerification(f.app, record); err != nil {
		return err
	}
	return noteMail(f.dao, record, func(r *models.Record) error {
		return r.SetLastVerificationSentAt(types.NowDateTime())
	})
}

// Submit validates the form and sends the mail.
func (f *RecordVerificationRequest) Submit(interceptors ...InterceptorFunc[*models.Record]) error {
	return submitRequest(f, interceptors)
}

// addressRules is what any submitted address has to satisfy.
func addressRules() []validation.Rule {
	return []validation.Rule{validation.Required, validation.Length(1, maxTextLength), is.EmailFormat}
}

// noteMail stores that a mail was sent. The account may have changed while the
// mail was on its way, so the note is made on what is stored now.
func noteMail(dao *daos.Dao, record *models.Record, note func(*models.Record) error) error {
	stored, err := dao.FindRecordById(record.Collection().Id, record.Id)
	if err != nil {
		return fmt.Errorf("note sent mail: %w", err)
	}
	if err := note(stored); err != nil {
		return err
	}
	if err := dao.SaveRecord(stored); err != nil {
		return fmt.Errorf("note sent mail: %w", err)
	}
	return note(record)
}

// RecordVerificationConfirm confirms an address with the token of a mail.
type RecordVerificationConfirm struct {
	dao   *daos.Dao
	token mailToken

	Token string `form:"token" json:"token"`
}

// NewRecordVerificationConfirm returns an empty form for an auth collection.
func NewRecordVerificationConfirm(app *core.App, collection *models.Collection) *RecordVerificationConfirm {
	return &RecordVerificationConfirm{dao: app.Dao(), token: mailToken{
		app: app, collection: collection,
		config: func(s *settings.Settings) settings.TokenConfig { return s.RecordVerificationToken },
	}}
}

// SetDao replaces the dao of the form.
func (f *RecordVerificationConfirm) SetDao(dao *daos.Dao) { f.dao = dao }

// Validate checks the token.
func (f *RecordVerificationConfirm) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Token, validation.Required, validation.By(f.checkToken)))
}

func (f *RecordVerificationConfirm) checkToken(any) error {
	if f.Token == "" {
		return nil
	}
	email := claim(f.Token, core.TokenClaimEmail)
	if email == "" {
		return validation.NewError(codeTokenClaims, "Missing email token claim")
	}
	record, err := f.token.check(f.dao, f.Token)
	if err != nil {
		return err
	}
	if record.Email() != email {
		return validation.NewError(codeTokenEmail, "The record email doesn't match with the requested token claims")
	}
	return nil
}

// ValidateAndFill validates the form and returns the account of the token,
// verified but not stored.
func (f *RecordVerificationConfirm) ValidateAndFill() (*models.Record, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	record, err := f.token.find(f.dao, f.Token)
	if err != nil {
		return nil, fmt.Errorf("find account: %w", err)
	}
	return record, record.SetVerified(true)
}

// Save stores the account, unless it was verified before.
func (f *RecordVerificationConfirm) Save(record *models.Record) error {
	if record.OriginalCopy().Verified() {
		return nil
	}
	return f.dao.SaveRecord(record)
}

// Submit validates the form, stores the account and returns it.
func (f *RecordVerificationConfirm) Submit(interceptors ...InterceptorFunc[*models.Record]) (*models.Record, error) {
	return submitConfirm(f, interceptors)
}
