package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"golang.org/x/oauth2"

	"github.com/tackleboxdev/tacklebox/core/types"
)

// maxAnswer bounds what is read of a provider's answer.
const maxAnswer = 1 << 20

// provider is what all providers have in common. It is used by one goroutine.
type provider struct {
	ctx          context.Context
	displayName  string
	pkce         bool
	scopes       []string
	clientID     string
	clientSecret string
	redirectURL  string
	authURL      string
	tokenURL     string
	userURL      string

	// authParams are added to the URL that the user is sent to.
	authParams []oauth2.AuthCodeOption
	// headers are sent with requests about the user.
	headers func(p *provider) map[string]string
	// raw replaces the request to userURL.
	raw func(p *provider, token *oauth2.Token) ([]byte, error)
	// read maps the provider's description of a user to ours.
	read func(a *answer) (*AuthUser, error)
}

var _ Provider = (*provider)(nil)

func (p *provider) Context() context.Context {
	if p.ctx == nil {
		return context.Background()
	}
	return p.ctx
}

func (p *provider) SetContext(ctx context.Context) { p.ctx = ctx }
func (p *provider) DisplayName() string            { return p.displayName }
func (p *provider) SetDisplayName(name string)     { p.displayName = name }
func (p *provider) PKCE() bool                     { return p.pkce }
func (p *provider) SetPKCE(enable bool)            { p.pkce = enable }
func (p *provider) Scopes() []string               { return p.scopes }
func (p *provider) SetScopes(scopes []string)      { p.scopes = scopes }
func (p *provider) ClientId() string               { return p.clientID }
func (p *provider) SetClientId(id string)          { p.clientID = id }
func (p *provider) ClientSecret() string           { return p.clientSecret }
func (p *provider) SetClientSecret(secret string)  { p.clientSecret = secret }
func (p *provider) RedirectUrl() string            { return p.redirectURL }
func (p *provider) SetRedirectUrl(url string)      { p.redirectURL = url }
func (p *provider) AuthUrl() string                { return p.authURL }
func (p *provider) SetAuthUrl(url string)          { p.authURL = url }
func (p *provider) TokenUrl() string               { return p.tokenURL }
func (p *provider) SetTokenUrl(url string)         { p.tokenURL = url }
func (p *provider) UserApiUrl() string             { return p.userURL }
func (p *provider) SetUserApiUrl(url string)       { p.userURL = url }

func (p *provider) config() *oauth2.Config {
	return &oauth2.Config{
		ClientID:     p.clientID,
		ClientSecret: p.clientSecret,
		RedirectURL:  p.redirectURL,
		Scopes:       p.scopes,
		Endpoint:     oauth2.Endpoint{AuthURL: p.authURL, TokenURL: p.tokenURL},
	}
}

// Client returns an HTTP client that sends the token. It follows redirects on
// the same host only: the token is not for others.
func (p *provider) Client(token *oauth2.Token) *http.Client {
	client := p.config().Client(p.Context(), token)
	client.CheckRedirect = sameHost
	return client
}

func sameHost(r *http.Request, via []*http.Request) error {
	const maxRedirects = 5
	if len(via) > maxRedirects {
		return errors.New("too many redirects")
	}
	if first := via[0].URL; r.URL.Host != first.Host || r.URL.Scheme != first.Scheme {
		return errors.New("redirected to another host")
	}
	return nil
}

func (p *provider) BuildAuthUrl(state string, opts ...oauth2.AuthCodeOption) string {
	return p.config().AuthCodeURL(state, append(slices.Clip(p.authParams), opts...)...)
}

func (p *provider) FetchToken(code string, opts ...oauth2.AuthCodeOption) (*oauth2.Token, error) {
	token, err := p.config().Exchange(p.Context(), code, opts...)
	if refusal, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return nil, refusedError{status: refusal.Response.StatusCode, code: refusal.ErrorCode}
	}
	if err != nil {
		return nil, fmt.Errorf("request token: %w", err)
	}
	return token, nil
}

// refusedError is what a token endpoint answered. Its body is left out: errors
// are logged, and some servers repeat what they were sent.
type refusedError struct {
	status int
	code   string
}

func (e refusedError) Error() string {
	return fmt.Sprintf("the provider refused the code with status %d %s", e.status, e.code)
}

func (p *provider) FetchRawUserData(token *oauth2.Token) ([]byte, error) {
	if p.raw != nil {
		return p.raw(p, token)
	}
	return p.get(token, p.userURL)
}

func (p *provider) FetchAuthUser(token *oauth2.Token) (*AuthUser, error) {
	raw, err := p.FetchRawUserData(token)
	if err != nil {
		return nil, err
	}
	rawUser := map[string]any{}
	if err := json.Unmarshal(raw, &rawUser); err != nil {
		return nil, fmt.Errorf("decode user data: %w", err)
	}
	user, err := p.read(&answer{provider: p, token: token, raw: raw})
	if err != nil {
		return nil, err
	}
	expiry, err := types.ParseDateTime(token.Expiry)
	if err != nil {
		return nil, fmt.Errorf("read token expiry: %w", err)
	}
	user.RawUser = rawUser
	user.AccessToken = token.AccessToken
	user.RefreshToken = token.RefreshToken
	user.Expiry = expiry
	return user, nil
}

// statusError is an answer other than 2xx. It does not quote the answer, which
// may hold anything.
type statusError int

func (e statusError) Error() string {
	return fmt.Sprintf("the provider answered with status %d", int(e))
}

// get returns the answer to a request that is signed with the token.
func (p *provider) get(token *oauth2.Token, url string) ([]byte, error) {
	request, err := http.NewRequestWithContext(p.Context(), http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("prepare user request: %w", err)
	}
	request.Header.Set("Accept", "application/json")
	if p.headers != nil {
		for name, value := range p.headers(p) {
			request.Header.Set(name, value)
		}
	}
	response, err := p.Client(token).Do(request)
	if err != nil {
		return nil, fmt.Errorf("request user data: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	content, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	if err != nil {
		return nil, fmt.Errorf("read user data: %w", err)
	}
	if response.StatusCode < http.StatusOK || response.StatusCode >= http.StatusMultipleChoices {
		return nil, statusError(response.StatusCode)
	}
	return content, nil
}
