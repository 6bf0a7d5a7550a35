package auth

func newGithub() *provider {
	return &provider{
		displayName: "GitHub",
		pkce:        true,
		scopes:      []string{"read:user", "user:email"},
		authURL:     "https://github.com/login/oauth/authorize",
		tokenURL:    "https://github.com/login/oauth/access_token",
		userURL:     "https://api.github.com/user",
		read:        readGithub,
	}
}

func readGithub(a *answer) (*AuthUser, error) {
	var user struct {
		Id        identifier `json:"id"`
		Login     string     `json:"login"`
		Name      string     `json:"name"`
		AvatarURL string     `json:"avatar_url"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	// The address in the profile is any text; those in the list are verified.
	email, err := a.primaryEmail(a.provider.userURL + "/emails")
	if err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.Name,
		Username:  user.Login,
		Email:     email,
		AvatarUrl: user.AvatarURL,
	}, nil
}
