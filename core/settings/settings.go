// Package settings holds the settings of an app: their defaults, validation,
// merging, masking of secrets and JSON form. It does no storage.
package settings

import (
	"encoding/json"
	"fmt"
	"sync"

	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core/auth"
	"github.com/tackleboxdev/tacklebox/core/security"
)

// SecretMask is shown in place of every stored secret. Merged or submitted as a
// value it stands for the secret that is stored already.
const SecretMask = "******"

// Settings are all settings of an app, in the order of their JSON form. The
// methods are safe for concurrent use with each other; code that reads or
// writes fields directly, as scripts may, has to own the value.
type Settings struct {
	mu sync.RWMutex

	Meta    MetaConfig    `json:"meta"`
	Logs    LogsConfig    `json:"logs"`
	Smtp    SmtpConfig    `json:"smtp"`
	S3      S3Config      `json:"s3"`
	Backups BackupsConfig `json:"backups"`
	Hooks   HooksConfig   `json:"hooks"`

	AdminAuthToken           TokenConfig `json:"adminAuthToken"`
	AdminPasswordResetToken  TokenConfig `json:"adminPasswordResetToken"`
	AdminFileToken           TokenConfig `json:"adminFileToken"`
	RecordAuthToken          TokenConfig `json:"recordAuthToken"`
	RecordPasswordResetToken TokenConfig `json:"recordPasswordResetToken"`
	RecordEmailChangeToken   TokenConfig `json:"recordEmailChangeToken"`
	RecordVerificationToken  TokenConfig `json:"recordVerificationToken"`
	RecordFileToken          TokenConfig `json:"recordFileToken"`

	// EmailAuth is kept for old clients and has no effect.
	EmailAuth EmailAuthConfig `json:"emailAuth"`

	GoogleAuth         AuthProviderConfig `json:"googleAuth"`
	FacebookAuth       AuthProviderConfig `json:"facebookAuth"`
	GithubAuth         AuthProviderConfig `json:"githubAuth"`
	GitlabAuth         AuthProviderConfig `json:"gitlabAuth"`
	DiscordAuth        AuthProviderConfig `json:"discordAuth"`
	TwitterAuth        AuthProviderConfig `json:"twitterAuth"`
	MicrosoftAuth      AuthProviderConfig `json:"microsoftAuth"`
	SpotifyAuth        AuthProviderConfig `json:"spotifyAuth"`
	KakaoAuth          AuthProviderConfig `json:"kakaoAuth"`
	TwitchAuth         AuthProviderConfig `json:"twitchAuth"`
	StravaAuth         AuthProviderConfig `json:"stravaAuth"`
	GiteeAuth          AuthProviderConfig `json:"giteeAuth"`
	LivechatAuth       AuthProviderConfig `json:"livechatAuth"`
	GiteaAuth          AuthProviderConfig `json:"giteaAuth"`
	OIDCAuth           AuthProviderConfig `json:"oidcAuth"`
	OIDC2Auth          AuthProviderConfig `json:"oidc2Auth"`
	OIDC3Auth          AuthProviderConfig `json:"oidc3Auth"`
	AppleAuth          AuthProviderConfig `json:"appleAuth"`
	InstagramAuth      AuthProviderConfig `json:"instagramAuth"`
	VKAuth             AuthProviderConfig `json:"vkAuth"`
	YandexAuth         AuthProviderConfig `json:"yandexAuth"`
	PatreonAuth        AuthProviderConfig `json:"patreonAuth"`
	MailcowAuth        AuthProviderConfig `json:"mailcowAuth"`
	BitbucketAuth      AuthProviderConfig `json:"bitbucketAuth"`
	PlanningcenterAuth AuthProviderConfig `json:"planningcenterAuth"`
}

// New returns the default settings with random token secrets.
func New() *Settings {
	return &Settings{
		Meta: MetaConfig{
			AppName:                    "Acme",
			AppUrl:                     "http://localhost:8090",
			SenderName:                 "Support",
			SenderAddress:              "support@example.com",
			VerificationTemplate:       defaultVerificationTemplate,
			ResetPasswordTemplate:      defaultResetPasswordTemplate,
			ConfirmEmailChangeTemplate: defaultConfirmEmailChangeTemplate,
		},
		Logs:    LogsConfig{MaxDays: 5, LogIp: true},
		Smtp:    SmtpConfig{Host: "smtp.example.com", Port: 587},
		Backups: BackupsConfig{CronMaxKeep: 3},

		AdminAuthToken:           newTokenConfig(1209600),
		AdminPasswordResetToken:  newTokenConfig(1800),
		AdminFileToken:           newTokenConfig(120),
		RecordAuthToken:          newTokenConfig(1209600),
		RecordPasswordResetToken: newTokenConfig(1800),
		RecordEmailChangeToken:   newTokenConfig(1800),
		RecordVerificationToken:  newTokenConfig(604800),
		RecordFileToken:          newTokenConfig(120),
	}
}

func newTokenConfig(seconds int64) TokenConfig {
	return TokenConfig{Secret: security.RandomString(50), Duration: seconds}
}

// plain is Settings without its methods, for encoding/json.
type plain Settings

// MarshalJSON writes all settings, secrets included.
func (s *Settings) MarshalJSON() ([]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return json.Marshal((*plain)(s))
}

// UnmarshalJSON merges the given keys into the settings: objects key by key,
// lists and single values as a whole.
func (s *Settings) UnmarshalJSON(data []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Unmarshal(data, (*plain)(s))
}

// Clone returns a deep copy. The error is always nil for settings that were
// decoded or made by New.
func (s *Settings) Clone() (*Settings, error) {
	c := &Settings{}
	raw, err := s.MarshalJSON()
	if err != nil {
		return nil, fmt.Errorf("clone settings: %w", err)
	}
	if err := c.UnmarshalJSON(raw); err != nil {
		return nil, fmt.Errorf("clone settings: %w", err)
	}
	return c, nil
}

// Merge takes over all settings of other. A masked secret there keeps the
// secret here.
func (s *Settings) Merge(other *Settings) error {
	kept, err := other.Clone()
	if err != nil {
		return err
	}
	KeepMasked(kept, s)
	raw, err := kept.MarshalJSON()
	if err != nil {
		return fmt.Errorf("merge settings: %w", err)
	}
	return s.UnmarshalJSON(raw)
}

// KeepMasked replaces every masked secret of s by that of stored.
func KeepMasked(s, stored *Settings) {
	if s == stored {
		return
	}
	current, err := stored.Clone()
	if err != nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	old := current.secrets()
	for i, secret := range s.secrets() {
		if *secret == SecretMask {
			*secret = *old[i]
		}
	}
}

// RedactClone returns a deep copy whose non-empty secrets are masked.
func (s *Settings) RedactClone() (*Settings, error) {
	c, err := s.Clone()
	if err != nil {
		return nil, err
	}
	for _, secret := range c.secrets() {
		if *secret != "" {
			*secret = SecretMask
		}
	}
	return c, nil
}

// secrets lists everything that must not leave the server.
func (s *Settings) secrets() []*string {
	list := []*string{&s.Smtp.Password, &s.S3.Secret, &s.Backups.S3.Secret}
	for _, t := range []*TokenConfig{
		&s.AdminAuthToken, &s.AdminPasswordResetToken, &s.AdminFileToken, &s.RecordAuthToken,
		&s.RecordPasswordResetToken, &s.RecordEmailChangeToken, &s.RecordVerificationToken, &s.RecordFileToken,
	} {
		list = append(list, &t.Secret)
	}
	for _, p := range s.providers() {
		list = append(list, &p.config.ClientSecret)
	}
	return list
}

// NamedAuthProviderConfigs returns the OAuth2 settings by provider name.
func (s *Settings) NamedAuthProviderConfigs() map[string]AuthProviderConfig {
	s.mu.RLock()
	defer s.mu.RUnlock()
	all := s.providers()
	out := make(map[string]AuthProviderConfig, len(all))
	for _, p := range all {
		out[p.name] = *p.config
	}
	return out
}

type namedProvider struct {
	name   string
	config *AuthProviderConfig
}

// providers is the table of all OAuth2 providers.
func (s *Settings) providers() []namedProvider {
	return []namedProvider{
		{auth.NameGoogle, &s.GoogleAuth},
		{auth.NameFacebook, &s.FacebookAuth},
		{auth.NameGithub, &s.GithubAuth},
		{auth.NameGitlab, &s.GitlabAuth},
		{auth.NameDiscord, &s.DiscordAuth},
		{auth.NameTwitter, &s.TwitterAuth},
		{auth.NameMicrosoft, &s.MicrosoftAuth},
		{auth.NameSpotify, &s.SpotifyAuth},
		{auth.NameKakao, &s.KakaoAuth},
		{auth.NameTwitch, &s.TwitchAuth},
		{auth.NameStrava, &s.StravaAuth},
		{auth.NameGitee, &s.GiteeAuth},
		{auth.NameLivechat, &s.LivechatAuth},
		{auth.NameGitea, &s.GiteaAuth},
		{auth.NameOIDC, &s.OIDCAuth},
		{auth.NameOIDC2, &s.OIDC2Auth},
		{auth.NameOIDC3, &s.OIDC3Auth},
		{auth.NameApple, &s.AppleAuth},
		{auth.NameInstagram, &s.InstagramAuth},
		{auth.NameVK, &s.VKAuth},
		{auth.NameYandex, &s.YandexAuth},
		{auth.NamePatreon, &s.PatreonAuth},
		{auth.NameMailcow, &s.MailcowAuth},
		{auth.NameBitbucket, &s.BitbucketAuth},
		{auth.NamePlanningcenter, &s.PlanningcenterAuth},
	}
}

// Validate checks all settings. The error is a validation.Errors by JSON key.
func (s *Settings) Validate() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	errs := validation.Errors{
		"meta":    s.Meta.Validate(),
		"logs":    s.Logs.Validate(),
		"smtp":    s.Smtp.Validate(),
		"s3":      s.S3.Validate(),
		"backups": s.Backups.Validate(),
		"hooks":   s.Hooks.Validate(),

		"adminAuthToken":           s.AdminAuthToken.Validate(),
		"adminPasswordResetToken":  s.AdminPasswordResetToken.Validate(),
		"adminFileToken":           s.AdminFileToken.Validate(),
		"recordAuthToken":          s.RecordAuthToken.Validate(),
		"recordPasswordResetToken": s.RecordPasswordResetToken.Validate(),
		"recordEmailChangeToken":   s.RecordEmailChangeToken.Validate(),
		"recordVerificationToken":  s.RecordVerificationToken.Validate(),
		"recordFileToken":          s.RecordFileToken.Validate(),
	}
	for _, p := range s.providers() {
		errs[p.name+"Auth"] = p.config.Validate()
	}
	return errs.Filter()
}
