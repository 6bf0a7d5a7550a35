package auth

import (
	"errors"
	"fmt"
)

// Names of the providers, as settings and stored links have them.
const (
	NameApple          = "apple"
	NameBitbucket      = "bitbucket"
	NameDiscord        = "discord"
	NameFacebook       = "facebook"
	NameGitea          = "gitea"
	NameGitee          = "gitee"
	NameGithub         = "github"
	NameGitlab         = "gitlab"
	NameGoogle         = "google"
	NameInstagram      = "instagram"
	NameKakao          = "kakao"
	NameLivechat       = "livechat"
	NameMailcow        = "mailcow"
	NameMicrosoft      = "microsoft"
	NameOIDC           = "oidc"
	NameOIDC2          = "oidc2"
	NameOIDC3          = "oidc3"
	NamePatreon        = "patreon"
	NamePlanningcenter = "planningcenter"
	NameSpotify        = "spotify"
	NameStrava         = "strava"
	NameTwitch         = "twitch"
	NameTwitter        = "twitter"
	NameVK             = "vk"
	NameYandex         = "yandex"
)

// ErrUnknownProvider is returned for names that are not in the table.
var ErrUnknownProvider = errors.New("unknown OAuth2 provider")

// providers is the table of all providers by name.
var providers = map[string]func() *provider{
	NameApple:          newApple,
	NameBitbucket:      newBitbucket,
	NameDiscord:        newDiscord,
	NameFacebook:       newFacebook,
	NameGitea:          newGitea,
	NameGitee:          newGitee,
	NameGithub:         newGithub,
	NameGitlab:         newGitlab,
	NameGoogle:         newGoogle,
	NameInstagram:      newInstagram,
	NameKakao:          newKakao,
	NameLivechat:       newLivechat,
	NameMailcow:        newMailcow,
	NameMicrosoft:      newMicrosoft,
	NameOIDC:           newOIDC,
	NameOIDC2:          newOIDC,
	NameOIDC3:          newOIDC,
	NamePatreon:        newPatreon,
	NamePlanningcenter: newPlanningcenter,
	NameSpotify:        newSpotify,
	NameStrava:         newStrava,
	NameTwitch:         newTwitch,
	NameTwitter:        newTwitter,
	NameVK:             newVK,
	NameYandex:         newYandex,
}

// NewProviderByName returns a provider with its defaults and no client yet. It
// fails with [ErrUnknownProvider].
func NewProviderByName(name string) (Provider, error) {
	newProvider, ok := providers[name]
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrUnknownProvider, name)
	}
	return newProvider(), nil
}
