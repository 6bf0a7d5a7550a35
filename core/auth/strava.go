package auth

func newStrava() *provider {
	return &provider{
		displayName: "Strava",
		pkce:        true,
		scopes:      []string{"profile:read_all"},
		authURL:     "https://www.strava.com/oauth/authorize",
		tokenURL:    "https://www.strava.com/api/v3/oauth/token",
		userURL:     "https://www.strava.com/api/v3/athlete",
		read:        readStrava,
	}
}

func readStrava(a *answer) (*AuthUser, error) {
	var user struct {
		Id        identifier `json:"id"`
		Username  string     `json:"username"`
		FirstName string     `json:"firstname"`
		LastName  string     `json:"lastname"`
		Profile   string     `json:"profile"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.FirstName + " " + user.LastName,
		Username:  user.Username,
		AvatarUrl: user.Profile,
	}, nil
}
