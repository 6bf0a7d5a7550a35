package auth

func newYandex() *provider {
	return &provider{
		displayName: "Yandex",
		pkce:        true,
		scopes:      []string{"login:email", "login:avatar", "login:info"},
		authURL:     "https://oauth.yandex.com/authorize",
		tokenURL:    "https://oauth.yandex.com/token",
		userURL:     "https://login.yandex.ru/info",
		read:        readYandex,
	}
}

func readYandex(a *answer) (*AuthUser, error) {
	var user struct {
		Id       identifier `json:"id"`
		RealName string     `json:"real_name"`
		Login    string     `json:"login"`
		Email    string     `json:"default_email"`
		NoAvatar flag       `json:"is_avatar_empty"`
		Avatar   string     `json:"default_avatar_id"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	avatar := ""
	if user.Avatar != "" && !bool(user.NoAvatar) {
		avatar = "https://avatars.yandex.net/get-yapic/" + user.Avatar + "/islands-200"
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.RealName,
		Username:  user.Login,
		Email:     user.Email,
		AvatarUrl: avatar,
	}, nil
}
