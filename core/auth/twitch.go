package auth

import (
	"errors"
)

func newTwitch() *provider {
	return &provider{
		displayName: "Twitch",
		pkce:        true,
		scopes:      []string{"user:read:email"},
		authURL:     "https://id.twitch.tv/oauth2/authorize",
		tokenURL:    "https://id.twitch.tv/oauth2/token",
		userURL:     "https://api.twitch.tv/helix/users",
		headers: func(p *provider) map[string]string {
			return map[string]string{"Client-Id": p.clientID}
		},
		read: readTwitch,
	}
}

func readTwitch(a *answer) (*AuthUser, error) {
	var user struct {
		Data []struct {
			Id          identifier `json:"id"`
			Login       string     `json:"login"`
			DisplayName string     `json:"display_name"`
			Email       string     `json:"email"`
			Avatar      string     `json:"profile_image_url"`
		} `json:"data"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	if len(user.Data) == 0 {
		return nil, errors.New("the provider returned no user")
	}
	return &AuthUser{
		Id:        string(user.Data[0].Id),
		Name:      user.Data[0].DisplayName,
		Username:  user.Data[0].Login,
		Email:     user.Data[0].Email,
		AvatarUrl: user.Data[0].Avatar,
	}, nil
}
