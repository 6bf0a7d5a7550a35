package settings

import (
	"errors"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/ozzo-validation/v4/is"

	"github.com/tackleboxdev/tacklebox/core/auth"
)

// ErrProviderDisabled is returned by SetupProvider for a provider that is off.
var ErrProviderDisabled = errors.New("the provider is not enabled")

// AuthProviderConfig is the setup of one OAuth2 provider. Empty texts and a nil
// PKCE leave the provider's own defaults.
type AuthProviderConfig struct {
	Enabled      bool   `json:"enabled"`
	ClientId     string `json:"clientId"`
	ClientSecret string `json:"clientSecret"`
	AuthUrl      string `json:"authUrl"`
	TokenUrl     string `json:"tokenUrl"`
	UserApiUrl   string `json:"userApiUrl"`
	DisplayName  string `json:"displayName"`
	PKCE         *bool  `json:"pkce"`
}

// Validate checks the settings.
func (c AuthProviderConfig) Validate() error {
	return validation.ValidateStruct(&c,
		validation.Field(&c.ClientId, validation.When(c.Enabled, validation.Required)),
		validation.Field(&c.ClientSecret, validation.When(c.Enabled, validation.Required)),
		validation.Field(&c.AuthUrl, is.URL),
		validation.Field(&c.TokenUrl, is.URL),
		validation.Field(&c.UserApiUrl, is.URL),
	)
}

// SetupProvider applies the setup to a provider. It fails when the provider is
// not enabled.
func (c AuthProviderConfig) SetupProvider(provider auth.Provider) error {
	if !c.Enabled {
		return ErrProviderDisabled
	}
	for _, text := range []struct {
		value string
		set   func(string)
	}{
		{c.ClientId, provider.SetClientId},
		{c.ClientSecret, provider.SetClientSecret},
		{c.AuthUrl, provider.SetAuthUrl},
		{c.TokenUrl, provider.SetTokenUrl},
		{c.UserApiUrl, provider.SetUserApiUrl},
		{c.DisplayName, provider.SetDisplayName},
	} {
		if text.value != "" {
			text.set(text.value)
		}
	}
	if c.PKCE != nil {
		provider.SetPKCE(*c.PKCE)
	}
	return nil
}
