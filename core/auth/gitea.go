package auth

func newGitea() *provider {
	return &provider{
		displayName: "Gitea",
		pkce:        true,
		scopes:      []string{"read:user", "user:email"},
		authURL:     "https://gitea.com/login/oauth/authorize",
		tokenURL:    "https://gitea.com/login/oauth/access_token",
		userURL:     "https://gitea.com/api/v1/user",
		read:        readGitea,
	}
}

func readGitea(a *answer) (*AuthUser, error) {
	var user struct {
		Id        identifier `json:"id"`
		Login     string     `json:"login"`
		FullName  string     `json:"full_name"`
		AvatarURL string     `json:"avatar_url"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	email, err := a.primaryEmail(a.provider.userURL + "/emails")
	if err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.FullName,
		Username:  user.Login,
		Email:     email,
		AvatarUrl: user.AvatarURL,
	}, nil
}
