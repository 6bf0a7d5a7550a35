package auth

func newPatreon() *provider {
	return &provider{
		displayName: "Patreon",
		pkce:        true,
		scopes:      []string{"identity", "identity[email]"},
		authURL:     "https://www.patreon.com/oauth2/authorize",
		tokenURL:    "https://www.patreon.com/api/oauth2/token",
		userURL:     "https://www.patreon.com/api/oauth2/v2/identity?fields%5Buser%5D=full_name,email,vanity,image_url,is_email_verified",
		read:        readPatreon,
	}
}

func readPatreon(a *answer) (*AuthUser, error) {
	var user struct {
		Data struct {
			Id         identifier `json:"id"`
			Attributes struct {
				FullName string `json:"full_name"`
				Vanity   string `json:"vanity"`
				Email    string `json:"email"`
				Verified flag   `json:"is_email_verified"`
				ImageURL string `json:"image_url"`
			} `json:"attributes"`
		} `json:"data"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	about := user.Data.Attributes
	return &AuthUser{
		Id:        string(user.Data.Id),
		Name:      about.FullName,
		Username:  about.Vanity,
		Email:     verified(about.Email, about.Verified),
		AvatarUrl: about.ImageURL,
	}, nil
}
