package auth

func newFacebook() *provider {
	return &provider{
		displayName: "Facebook",
		pkce:        true,
		scopes:      []string{"email"},
		authURL:     "https://www.facebook.com/v3.2/dialog/oauth",
		tokenURL:    "https://graph.facebook.com/v3.2/oauth/access_token",
		userURL:     "https://graph.facebook.com/me?fields=name,email,picture.type(large)",
		read:        readFacebook,
	}
}

func readFacebook(a *answer) (*AuthUser, error) {
	var user struct {
		Id      identifier `json:"id"`
		Name    string     `json:"name"`
		Email   string     `json:"email"`
		Picture struct {
			Data struct {
				URL string `json:"url"`
			} `json:"data"`
		} `json:"picture"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.Name,
		Email:     user.Email,
		AvatarUrl: user.Picture.Data.URL,
	}, nil
}
