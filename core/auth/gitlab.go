package auth

import (
	"github.com/tackleboxdev/tacklebox/core/types"
)

func newGitlab() *provider {
	return &provider{
		displayName: "GitLab",
		pkce:        true,
		scopes:      []string{"read_user"},
		authURL:     "https://gitlab.com/oauth/authorize",
		tokenURL:    "https://gitlab.com/oauth/token",
		userURL:     "https://gitlab.com/api/v4/user",
		read:        readGitlab,
	}
}

func readGitlab(a *answer) (*AuthUser, error) {
	var user struct {
		Id          identifier `json:"id"`
		Name        string     `json:"name"`
		Username    string     `json:"username"`
		Email       string     `json:"email"`
		AvatarURL   string     `json:"avatar_url"`
		ConfirmedAt string     `json:"confirmed_at"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	confirmed, err := types.ParseDateTime(user.ConfirmedAt)
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.Name,
		Username:  user.Username,
		Email:     verified(user.Email, err == nil && !confirmed.IsZero()),
		AvatarUrl: user.AvatarURL,
	}, nil
}
