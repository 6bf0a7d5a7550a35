package auth

func newInstagram() *provider {
	return &provider{
		displayName: "Instagram",
		pkce:        true,
		scopes:      []string{"user_profile"},
		authURL:     "https://api.instagram.com/oauth/authorize",
		tokenURL:    "https://api.instagram.com/oauth/access_token",
		userURL:     "https://graph.instagram.com/me?fields=id,username,account_type",
		read:        readInstagram,
	}
}

func readInstagram(a *answer) (*AuthUser, error) {
	var user struct {
		Id       identifier `json:"id"`
		Username string     `json:"username"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:       string(user.Id),
		Username: user.Username,
	}, nil
}
