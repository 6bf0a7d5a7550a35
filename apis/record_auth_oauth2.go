package apis

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"slices"

	"github.com/labstack/echo/v5"
	"golang.org/x/oauth2"

	"github.com/tackleboxdev/tacklebox/apis/forms"
	"github.com/tackleboxdev/tacklebox/core"
	"github.com/tackleboxdev/tacklebox/core/auth"
	"github.com/tackleboxdev/tacklebox/core/daos"
	"github.com/tackleboxdev/tacklebox/core/hook"
	"github.com/tackleboxdev/tacklebox/core/models"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/web"
	"github.com/tackleboxdev/tacklebox/realtime"
)

const (
	oauth2Topic = "@oauth2"

	oauth2SuccessPath = "../_/#/auth/oauth2-redirect-success"
	oauth2FailurePath = "../_/#/auth/oauth2-redirect-failure"

	stateLength    = 30
	verifierLength = 43 // the least that PKCE allows
)

// authMethodsAnswer tells a client how the accounts of a collection sign in.
type authMethodsAnswer struct {
	AuthProviders    []providerAnswer `json:"authProviders"`
	UsernamePassword bool             `json:"usernamePassword"`
	EmailPassword    bool             `json:"emailPassword"`
	OnlyVerified     bool             `json:"onlyVerified"`
}

// providerAnswer is everything a client needs to send its user to a provider.
type providerAnswer struct {
	Name                string `json:"name"`
	DisplayName         string `json:"displayName"`
	State               string `json:"state"`
	AuthUrl             string `json:"authUrl"`
	CodeVerifier        string `json:"codeVerifier"`
	CodeChallenge       string `json:"codeChallenge"`
	CodeChallengeMethod string `json:"codeChallengeMethod"`
}

func (a *recordAuthAPI) authMethods(c *echo.Context) error {
	options := routeCollection(c).AuthOptions()
	methods := authMethodsAnswer{
		AuthProviders:    []providerAnswer{},
		UsernamePassword: options.AllowUsernameAuth,
		EmailPassword:    options.AllowEmailAuth,
		OnlyVerified:     options.OnlyVerified,
	}
	if options.AllowOAuth2Auth {
		configs := a.app.Settings().NamedAuthProviderConfigs()
		for _, name := range slices.Sorted(maps.Keys(configs)) {
			if !configs[name].Enabled {
				continue
			}
			provider, err := forms.OAuth2Provider(a.app, name)
			if err != nil {
				a.app.Logger().Debug("list auth methods", "provider", name, "error", err.Error())
				continue
			}
			methods.AuthProviders = append(methods.AuthProviders, describeProvider(name, provider))
		}
	}
	return c.JSON(http.StatusOK, methods)
}

func describeProvider(name string, provider auth.Provider) providerAnswer {
	p := providerAnswer{Name: name, DisplayName: provider.DisplayName(), State: security.RandomString(stateLength)}
	var options []oauth2.AuthCodeOption
	if provider.PKCE() {
		p.CodeVerifier = security.RandomString(verifierLength)
		p.CodeChallenge = oauth2.S256ChallengeFromVerifier(p.CodeVerifier)
		p.CodeChallengeMethod = "S256"
		options = append(options, oauth2.S256ChallengeOption(p.CodeVerifier))
	}
	// The client appends its own redirect address.
	p.AuthUrl = provider.BuildAuthUrl(p.State, options...) + "&redirect_uri="
	return p
}

// oauth2Meta is the meta member of an OAuth2 sign-in.
type oauth2Meta struct {
	*auth.AuthUser

	IsNew bool `json:"isNew"`
}

func (a *recordAuthAPI) authWithOAuth2(c *echo.Context) error {
	collection := routeCollection(c)
	if !collection.AuthOptions().AllowOAuth2Auth {
		return web.NewBadRequestError("The collection is not configured to allow OAuth2 authentication.", nil)
	}
	form := forms.NewRecordOAuth2Login(a.app, collection, sameCollection(authRecord(c), collection))
	if err := bindForm(c, form, textLoadFailed); err != nil {
		return err
	}
	if err := form.Validate(); err != nil {
		return err
	}
	form.SetBeforeNewRecordCreateFunc(func(create *forms.RecordUpsert, _ *models.Record, _ *auth.AuthUser) error {
		return authoriseOAuth2Create(c, form, create, collection)
	})
	ctx, cancel := context.WithTimeout(c.Request().Context(), forms.OAuth2Timeout)
	defer cancel()
	data, err := form.Load(ctx)
	if err != nil {
		return web.NewBadRequestError("", err)
	}
	event := &core.RecordAuthWithOAuth2Event{
		HttpContext: c, ProviderName: form.Provider, ProviderClient: data.ProviderClient,
		Record: data.Record, OAuth2User: data.OAuth2User, IsNewRecord: data.Record == nil,
	}
	event.Collection = collection
	return hook.Around(event,
		a.app.OnRecordBeforeAuthWithOAuth2Request(),
		func(e *core.RecordAuthWithOAuth2Event) error {
			data.Record, data.OAuth2User = e.Record, e.OAuth2User
			err := form.Save(data)
			e.Record = data.Record
			return failedTo(textAuthFailed, err)
		},
		a.app.OnRecordAfterAuthWithOAuth2Request(),
		func(e *core.RecordAuthWithOAuth2Event) error {
			return RecordAuthResponse(a.app, c, e.Record, oauth2Meta{AuthUser: e.OAuth2User, IsNew: e.IsNewRecord})
		},
	)
}

// sameCollection returns the record if it is from the collection, else nil.
func sameCollection(record *models.Record, collection *models.Collection) *models.Record {
	if record != nil && record.Collection().Id == collection.Id {
		return record
	}
	return nil
}

// authoriseOAuth2Create evaluates the create rule on the account as it would be
// stored. The rule sees what the client sent, not what the provider told.
func authoriseOAuth2Create(
	c *echo.Context, form *forms.RecordOAuth2Login, create *forms.RecordUpsert, collection *models.Collection,
) error {
	info := *RequestInfo(c)
	if info.Admin != nil {
		return nil
	}
	if collection.CreateRule == nil {
		return errRuleFailed
	}
	info.Context = models.RequestInfoContextOAuth2
	info.Data = form.CreateData
	return create.DrySubmit(func(txDao *daos.Dao) error {
		pending, err := txDao.FindRecordById(collection.Id, create.Id)
		if err != nil {
			return err
		}
		if allowed, err := txDao.CanAccessRecord(pending, &info, collection.CreateRule); err != nil || !allowed {
			return errors.Join(errRuleFailed, err)
		}
		return nil
	})
}

// oauth2Answer is what a waiting client gets of the provider's redirect.
type oauth2Answer struct {
	State string `form:"state" json:"state" query:"state"`
	Code  string `form:"code" json:"code" query:"code"`
	Error string `form:"error" json:"error,omitempty" query:"error"`
}

// oauth2Redirect is where providers send users of the all-in-one flow. The state
// is the id of the realtime client that waits for the code. It works once.
func (a *recordAuthAPI) oauth2Redirect(c *echo.Context) error {
	status := http.StatusTemporaryRedirect
	if c.Request().Method == http.MethodPost {
		status = http.StatusSeeOther
	}
	answer := oauth2Answer{}
	if err := c.Bind(&answer); err != nil {
		a.app.Logger().Debug("read OAuth2 redirect", "error", err.Error())
		return c.Redirect(status, oauth2FailurePath)
	}
	if !a.handOver(answer) || answer.Error != "" || answer.Code == "" {
		return c.Redirect(status, oauth2FailurePath)
	}
	return c.Redirect(status, oauth2SuccessPath)
}

// handOver sends the answer to the client that waits for it, if there is one.
func (a *recordAuthAPI) handOver(answer oauth2Answer) bool {
	if answer.State == "" {
		return false
	}
	client, err := a.app.SubscriptionsBroker().ClientById(answer.State)
	if err != nil || client.IsDiscarded() || !a.takeTurn(client) {
		return false
	}
	data, err := json.Marshal(answer)
	return err == nil && client.Send(realtime.Message{Name: oauth2Topic, Data: data})
}

// takeTurn ends the wait of a client. It reports false when it does not wait, or
// not any more.
func (a *recordAuthAPI) takeTurn(client *realtime.Client) bool {
	a.redirects.Lock()
	defer a.redirects.Unlock()
	if !client.HasSubscription(oauth2Topic) {
		return false
	}
	client.Unsubscribe(oauth2Topic)
	return true
}
