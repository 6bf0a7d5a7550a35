package jsvm

import (
	"errors"

	"github.com/dop251/goja"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/models"
)

// formConstructors are the payloads of the API, for use in own code.
var formConstructors = []constructor{
	{Name: "AdminLoginForm", Doc: "Signs an admin in.", New: appForm(forms.NewAdminLogin)},
	{Name: "AdminPasswordResetConfirmForm", Doc: "Sets the new password of an admin.", New: appForm(forms.NewAdminPasswordResetConfirm)},
	{Name: "AdminPasswordResetRequestForm", Doc: "Mails an admin a reset link.", New: appForm(forms.NewAdminPasswordResetRequest)},
	{Name: "AdminUpsertForm", Doc: "Creates or changes an admin.", New: modelForm(forms.NewAdminUpsert)},
	{Name: "AppleClientSecretCreateForm", Doc: "Makes a client secret for Apple.", New: appForm(forms.NewAppleClientSecretCreate)},
	{Name: "CollectionUpsertForm", Doc: "Creates or changes a collection.", New: modelForm(forms.NewCollectionUpsert)},
	{Name: "CollectionsImportForm", Doc: "Replaces or extends the collections.", New: appForm(forms.NewCollectionsImport)},
	{Name: "RecordEmailChangeConfirmForm", Doc: "Changes the address of an account.", New: modelForm(forms.NewRecordEmailChangeConfirm)},
	{Name: "RecordEmailChangeRequestForm", Doc: "Mails a link to a new address.", New: modelForm(forms.NewRecordEmailChangeRequest)},
	{Name: "RecordOAuth2LoginForm", Doc: "Signs an account in through a provider.", New: newRecordOAuth2LoginForm},
	{Name: "RecordPasswordLoginForm", Doc: "Signs an account in with its password.", New: modelForm(forms.NewRecordPasswordLogin)},
	{Name: "RecordPasswordResetConfirmForm", Doc: "Sets the new password of an account.", New: modelForm(forms.NewRecordPasswordResetConfirm)},
	{Name: "RecordPasswordResetRequestForm", Doc: "Mails an account a reset link.", New: modelForm(forms.NewRecordPasswordResetRequest)},
	{Name: "RealtimeSubscribeForm", Doc: "Replaces the subscriptions of a realtime client.", New: func(*environment, []goja.Value) (any, error) {
		return forms.NewRealtimeSubscribe(), nil
	}},
	{Name: "RecordUpsertForm", Doc: "Creates or changes a record.", New: modelForm(forms.NewRecordUpsert)},
	{Name: "RecordVerificationConfirmForm", Doc: "Confirms the address of an account.", New: modelForm(forms.NewRecordVerificationConfirm)},
	{Name: "RecordVerificationRequestForm", Doc: "Mails an account a verification link.", New: modelForm(forms.NewRecordVerificationRequest)},
	{Name: "SettingsUpsertForm", Doc: "Changes the settings.", New: appForm(forms.NewSettingsUpsert)},
	{Name: "TestEmailSendForm", Doc: "Sends a mail with one of the templates.", New: appForm(forms.NewTestEmailSend)},
	{Name: "TestS3FilesystemForm", Doc: "Tries a configured file storage.", New: appForm(forms.NewTestS3Filesystem)},
}

// appForm returns the constructor of a form that needs the app only.
func appForm[F any](newForm func(*core.App) F) func(*environment, []goja.Value) (any, error) {
	return func(env *environment, args []goja.Value) (any, error) {
		app, err := formApp(env, args)
		if err != nil {
			return nil, err
		}
		return newForm(app), nil
	}
}

// modelForm returns the constructor of a form about one model.
func modelForm[M, F any](newForm func(*core.App, *M) F) func(*environment, []goja.Value) (any, error) {
	return func(env *environment, args []goja.Value) (any, error) {
		app, err := formApp(env, args)
		if err != nil {
			return nil, err
		}
		var model *M
		if err := env.read(args, 1, &model); err != nil {
			return nil, err
		}
		if model == nil {
			return nil, errors.New("the form needs the model as its second argument")
		}
		return newForm(app, model), nil
	}
}

// newRecordOAuth2LoginForm takes an optional third argument: the account to link.
func newRecordOAuth2LoginForm(env *environment, args []goja.Value) (any, error) {
	var linked *models.Record
	if err := env.read(args, 2, &linked); err != nil {
		return nil, err
	}
	return modelForm(func(app *core.App, collection *models.Collection) *forms.RecordOAuth2Login {
		return forms.NewRecordOAuth2Login(app, collection, linked)
	})(env, args)
}

// formApp returns the app, the first argument of every form.
func formApp(env *environment, args []goja.Value) (*core.App, error) {
	var app *core.App
	if err := env.read(args, 0, &app); err != nil {
		return nil, err
	}
	if app == nil {
		return nil, errors.New("the form needs $app as its first argument")
	}
	return app, nil
}
