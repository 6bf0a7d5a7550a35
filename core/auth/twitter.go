package auth

func newTwitter() *provider {
	return &provider{
		displayName: "Twitter",
		pkce:        true,
		scopes:      []string{"users.read", "tweet.read"},
		authURL:     "https://twitter.com/i/oauth2/authorize",
		tokenURL:    "https://api.twitter.com/2/oauth2/token",
		userURL:     "https://api.twitter.com/2/users/me?user.fields=id,name,username,profile_image_url",
		read:        readTwitter,
	}
}

func readTwitter(a *answer) (*AuthUser, error) {
	var user struct {
		Data struct {
			Id       identifier `json:"id"`
			Name     string     `json:"name"`
			Username string     `json:"username"`
			Avatar   string     `json:"profile_image_url"`
		} `json:"data"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:        string(user.Data.Id),
		Name:      user.Data.Name,
		Username:  user.Data.Username,
		AvatarUrl: user.Data.Avatar,
	}, nil
}
