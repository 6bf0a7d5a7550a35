// Package auth knows the OAuth2 providers: how to send a user to them, how to
// trade the code they return for a token, and how to read the user it belongs to.
//
// Every provider is one file, which says where its endpoints are and how its
// description of a user maps to [AuthUser]. An address that a provider calls
// unconfirmed is left out, because accounts are found by it.
package auth

import (
	"context"
	"net/http"

	"golang.org/x/oauth2"

	"github.com/tackleboxdev/tacklebox/core/types"
)

// AuthUser is what a provider tells about a signed-in user.
type AuthUser struct {
	Id           string         `json:"id"`
	Name         string         `json:"name"`
	Username     string         `json:"username"`
	Email        string         `json:"email"`
	AvatarUrl    string         `json:"avatarUrl"`
	AccessToken  string         `json:"accessToken"`
	RefreshToken string         `json:"refreshToken"`
	Expiry       types.DateTime `json:"expiry"`
	RawUser      map[string]any `json:"rawUser"`
}

// Provider is one configured OAuth2 provider. Scripts and hooks see all of its
// settings, which is why the interface is wide; implementations embed one base.
type Provider interface { //nolint:interfacebloat // all of it is visible to scripts and hooks
	Context() context.Context
	SetContext(ctx context.Context)
	DisplayName() string
	SetDisplayName(name string)
	PKCE() bool
	SetPKCE(enable bool)
	Scopes() []string
	SetScopes(scopes []string)
	ClientId() string
	SetClientId(id string)
	ClientSecret() string
	SetClientSecret(secret string)
	RedirectUrl() string
	SetRedirectUrl(url string)
	AuthUrl() string
	SetAuthUrl(url string)
	TokenUrl() string
	SetTokenUrl(url string)
	UserApiUrl() string
	SetUserApiUrl(url string)
	// Client returns an HTTP client that sends the token.
	Client(token *oauth2.Token) *http.Client
	// BuildAuthUrl returns where to send the user.
	BuildAuthUrl(state string, opts ...oauth2.AuthCodeOption) string
	// FetchToken exchanges an authorization code.
	FetchToken(code string, opts ...oauth2.AuthCodeOption) (*oauth2.Token, error)
	// FetchRawUserData returns the provider's own description of the user.
	FetchRawUserData(token *oauth2.Token) ([]byte, error)
	// FetchAuthUser returns the normalised user.
	FetchAuthUser(token *oauth2.Token) (*AuthUser, error)
}
