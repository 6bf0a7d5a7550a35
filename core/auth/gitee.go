package auth

import (
	"slices"

	"github.com/pocketbase/ozzo-validation/v4/is"
)

func newGitee() *provider {
	return &provider{
		displayName: "Gitee",
		pkce:        true,
		scopes:      []string{"user_info", "emails"},
		authURL:     "https://gitee.com/oauth/authorize",
		tokenURL:    "https://gitee.com/oauth/token",
		userURL:     "https://gitee.com/api/v5/user",
		read:        readGitee,
	}
}

func readGitee(a *answer) (*AuthUser, error) {
	var user struct {
		Id        identifier `json:"id"`
		Login     string     `json:"login"`
		Name      string     `json:"name"`
		Email     string     `json:"email"`
		AvatarURL string     `json:"avatar_url"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	email := user.Email
	if is.EmailFormat.Validate(email) != nil || email == "" { // hidden by the user, it is some text
		var err error
		if email, err = giteeEmail(a); err != nil {
			return nil, err
		}
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.Name,
		Username:  user.Login,
		Email:     email,
		AvatarUrl: user.AvatarURL,
	}, nil
}

const giteeEmailsURL = "https://gitee.com/api/v5/emails"

// giteeEmail returns the confirmed primary address, or nothing.
func giteeEmail(a *answer) (string, error) {
	var list []struct {
		Email string   `json:"email"`
		State string   `json:"state"`
		Scope []string `json:"scope"`
	}
	if err := a.fetch(giteeEmailsURL, &list); err != nil {
		return "", err
	}
	for _, m := range list {
		if m.State == "confirmed" && slices.Contains(m.Scope, "primary") {
			return m.Email, nil
		}
	}
	return "", nil
}
