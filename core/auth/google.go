package auth

func newGoogle() *provider {
	return &provider{
		displayName: "Google",
		pkce:        true,
		scopes:      []string{"https://www.googleapis.com/auth/userinfo.profile", "https://www.googleapis.com/auth/userinfo.email"},
		authURL:     "https://accounts.google.com/o/oauth2/auth",
		tokenURL:    "https://accounts.google.com/o/oauth2/token",
		userURL:     "https://www.googleapis.com/oauth2/v1/userinfo",
		read:        readGoogle,
	}
}

func readGoogle(a *answer) (*AuthUser, error) {
	var user struct {
		Id       identifier `json:"id"`
		Name     string     `json:"name"`
		Picture  string     `json:"picture"`
		Email    string     `json:"email"`
		Verified flag       `json:"verified_email"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.Name,
		Email:     verified(user.Email, user.Verified),
		AvatarUrl: user.Picture,
	}, nil
}
