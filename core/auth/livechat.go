package auth

func newLivechat() *provider {
	return &provider{
		displayName: "LiveChat",
		pkce:        true,
		authURL:     "https://accounts.livechat.com/",
		tokenURL:    "https://accounts.livechat.com/token",
		userURL:     "https://accounts.livechat.com/v2/accounts/me",
		read:        readLivechat,
	}
}

func readLivechat(a *answer) (*AuthUser, error) {
	var user struct {
		Id        identifier `json:"account_id"`
		Name      string     `json:"name"`
		Email     string     `json:"email"`
		Verified  flag       `json:"email_verified"`
		AvatarURL string     `json:"avatar_url"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.Name,
		Email:     verified(user.Email, user.Verified),
		AvatarUrl: user.AvatarURL,
	}, nil
}
