package forms

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"golang.org/x/oauth2"

	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/auth"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/settings"
)

// OAuth2Timeout bounds everything that is asked of a provider for one sign-in.
const OAuth2Timeout = 30 * time.Second

var errNoProviderID = errors.New("the provider did not tell the id of the user")

// BeforeOAuth2RecordCreateFunc sees the form of an account that an OAuth2
// sign-in is about to create, and may change or refuse it.
type BeforeOAuth2RecordCreateFunc func(
	createForm *RecordUpsert, authRecord *models.Record, authUser *auth.AuthUser,
) error

// RecordOAuth2LoginData is what one OAuth2 sign-in is about.
type RecordOAuth2LoginData struct {
	// ExternalAuth is the link of the account to the provider, nil until there is one.
	ExternalAuth *models.ExternalAuth
	// Record is the account, nil when it has to be created.
	Record         *models.Record
	OAuth2User     *auth.AuthUser
	ProviderClient auth.Provider
}

// RecordOAuth2Login signs a record in with the code of an OAuth2 provider.
type RecordOAuth2Login struct {
	app          *core.App
	dao          *daos.Dao
	collection   *models.Collection
	authRecord   *models.Record
	beforeCreate BeforeOAuth2RecordCreateFunc

	Provider     string         `form:"provider" json:"provider"`
	Code         string         `form:"code" json:"code"`
	CodeVerifier string         `form:"codeVerifier" json:"codeVerifier"`
	RedirectUrl  string         `form:"redirectUrl" json:"redirectUrl"`
	CreateData   map[string]any `form:"createData" json:"createData"`
}

// NewRecordOAuth2Login returns an empty form for an auth collection. With a
// record of the collection the provider is linked to that record.
func NewRecordOAuth2Login(
	app *core.App, collection *models.Collection, optAuthRecord *models.Record,
) *RecordOAuth2Login {
	return &RecordOAuth2Login{app: app, dao: app.Dao(), collection: collection, authRecord: optAuthRecord}
}

// SetDao replaces the dao of the form.
func (f *RecordOAuth2Login) SetDao(dao *daos.Dao) { f.dao = dao }

// SetBeforeNewRecordCreateFunc sets what is called before an account is created.
func (f *RecordOAuth2Login) SetBeforeNewRecordCreateFunc(fn BeforeOAuth2RecordCreateFunc) {
	f.beforeCreate = fn
}

// Validate checks that everything is there and the provider is enabled.
func (f *RecordOAuth2Login) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.Provider, validation.Required, validation.By(f.checkProvider)),
		validation.Field(&f.Code, validation.Required),
		validation.Field(&f.RedirectUrl, validation.Required),
	)
}

func (f *RecordOAuth2Login) checkProvider(any) error {
	if f.Provider == "" {
		return nil
	}
	if _, err := OAuth2Provider(f.app, f.Provider); err != nil {
		return validation.NewError(codeInvalidProvider, fmt.Sprintf("%q is missing or is not enabled", f.Provider))
	}
	return nil
}

// OAuth2Provider returns the provider with its settings. It fails for one that
// does not exist or is not enabled.
func OAuth2Provider(app *core.App, name string) (auth.Provider, error) {
	provider, err := auth.NewProviderByName(name)
	if err != nil {
		return nil, err
	}
	if err := app.Settings().NamedAuthProviderConfigs()[name].SetupProvider(provider); err != nil {
		return nil, fmt.Errorf("set up %s: %w", name, err)
	}
	return provider, nil
}

// providerLabel returns what a provider is called in texts.
func providerLabel(app *core.App, name string) string {
	if label := app.Settings().NamedAuthProviderConfigs()[name].DisplayName; label != "" {
		return label
	}
	provider, err := auth.NewProviderByName(name)
	if err != nil {
		return name
	}
	return provider.DisplayName()
}

// Load trades the code for the user at the provider, and finds the account:
// the linked one, else the one that is signed in, else the one with the user's
// address. Nothing is stored.
func (f *RecordOAuth2Login) Load(ctx context.Context) (*RecordOAuth2LoginData, error) {
	provider, err := OAuth2Provider(f.app, f.Provider)
	if err != nil {
		return nil, err
	}
	provider.SetContext(ctx)
	provider.SetRedirectUrl(f.RedirectUrl)
	var options []oauth2.AuthCodeOption
	if provider.PKCE() {
		options = append(options, oauth2.SetAuthURLParam("code_verifier", f.CodeVerifier))
	}
	token, err := provider.FetchToken(f.Code, options...)
	if err != nil {
		return nil, err
	}
	user, err := provider.FetchAuthUser(token)
	if err != nil {
		return nil, fmt.Errorf("fetch OAuth2 user: %w", err)
	}
	if user.Id == "" {
		return nil, errNoProviderID
	}
	data := &RecordOAuth2LoginData{OAuth2User: user, ProviderClient: provider}
	return data, f.find(data) //nolint:contextcheck // the dao has the context of its owner
}

func (f *RecordOAuth2Login) find(data *RecordOAuth2LoginData) error {
	link, err := f.dao.FindFirstExternalAuthByExpr(dbx.HashExp{
		"collectionId": f.collection.Id, "provider": f.Provider, "providerId": data.OAuth2User.Id,
	})
	switch {
	case err == nil:
		data.ExternalAuth = link
		data.Record, err = f.dao.FindRecordById(f.collection.Id, link.RecordId)
	case !errors.Is(err, sql.ErrNoRows):
	case f.authRecord != nil && f.authRecord.Collection().Id == f.collection.Id:
		data.Record, err = f.authRecord, nil
	case data.OAuth2User.Email != "":
		data.Record, err = f.dao.FindAuthRecordByEmail(f.collection.Id, data.OAuth2User.Email)
		if errors.Is(err, sql.ErrNoRows) {
			data.Record, err = nil, nil
		}
	default:
		err = nil
	}
	if err != nil {
		return fmt.Errorf("find account of OAuth2 user: %w", err)
	}
	return nil
}

// Save creates the account or brings it up to date, and links it to the provider.
func (f *RecordOAuth2Login) Save(data *RecordOAuth2LoginData) error {
	if data.Record == nil {
		return f.create(data)
	}
	if data.Record.Collection().Id != f.collection.Id {
		return errors.New("the account is not from the collection of the request")
	}
	return f.update(data)
}

// Submit validates the form, signs the user in and returns the account.
func (f *RecordOAuth2Login) Submit(
	interceptors ...InterceptorFunc[*RecordOAuth2LoginData],
) (*models.Record, *auth.AuthUser, error) {
	if err := f.Validate(); err != nil {
		return nil, nil, err
	}
	if !f.collection.AuthOptions().AllowOAuth2Auth {
		return nil, nil, settings.ErrProviderDisabled
	}
	ctx, cancel := context.WithTimeout(f.dao.Context(), OAuth2Timeout)
	defer cancel()
	data, err := f.Load(ctx)
	if err != nil {
		return nil, nil, err
	}
	data, err = settle(data, f.Save, interceptors)
	if err != nil {
		return nil, nil, err
	}
	return data.Record, data.OAuth2User, nil
}
