package forms

import (
	"fmt"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/ozzo-validation/v4/is"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// Templates that a test mail can be made from.
const (
	templateVerification  = "verification"
	templatePasswordReset = "password-reset"
	templateEmailChange   = "email-change"
)

// TestEmailSend sends one of the record mails to an address, for an account that
// does not exist.
type TestEmailSend struct {
	app *core.App

	Template string `form:"template" json:"template"`
	Email    string `form:"email" json:"email"`
}

// NewTestEmailSend returns an empty form.
func NewTestEmailSend(app *core.App) *TestEmailSend { return &TestEmailSend{app: app} }

// Validate checks the address and the name of the template.
func (f *TestEmailSend) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Email, validation.Required, validation.Length(1, maxTextLength), is.EmailFormat),
		validation.Field(&f.Template, validation.Required,
			validation.In(templateVerification, templatePasswordReset, templateEmailChange)),
	)
}

// Submit validates the form and sends the mail before it returns.
func (f *TestEmailSend) Submit() error {
	if err := f.Validate(); err != nil {
		return err
	}
	record, err := f.sampleRecord()
	if err != nil {
		return err
	}
	switch f.Template {
	case templatePasswordReset:
		return core.SendRecordPasswordReset(f.app, record)
	case templateEmailChange:
		return core.SendRecordChangeEmail(f.app, record, f.Email)
	default:
		return core.SendRecordVerification(f.app, record)
	}
}

func (f *TestEmailSend) sampleRecord() (*models.Record, error) {
	collection := &models.Collection{
		BaseModel: models.BaseModel{Id: "__pb_test_collection_id__"},
		Name:      "__pb_test_collection_name__",
		Type:      models.CollectionTypeAuth,
	}
	record := models.NewRecord(collection)
	record.Id = "__pb_test_id__"
	record.Set("username", "pb_test")
	record.Set("email", f.Email)
	if err := record.RefreshTokenKey(); err != nil {
		return nil, fmt.Errorf("make sample record: %w", err)
	}
	return record, nil
}
