package auth

func newSpotify() *provider {
	return &provider{
		displayName: "Spotify",
		pkce:        true,
		scopes:      []string{"user-read-private"},
		authURL:     "https://accounts.spotify.com/authorize",
		tokenURL:    "https://accounts.spotify.com/api/token",
		userURL:     "https://api.spotify.com/v1/me",
		read:        readSpotify,
	}
}

func readSpotify(a *answer) (*AuthUser, error) {
	var user struct {
		Id          identifier `json:"id"`
		DisplayName string     `json:"display_name"`
		Images      []struct {
			URL string `json:"url"`
		} `json:"images"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	avatar := ""
	if len(user.Images) > 0 {
		avatar = user.Images[0].URL
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.DisplayName,
		AvatarUrl: avatar,
	}, nil
}
