package auth

func newBitbucket() *provider {
	return &provider{
		displayName: "Bitbucket",
		scopes:      []string{"account"},
		authURL:     "https://bitbucket.org/site/oauth2/authorize",
		tokenURL:    "https://bitbucket.org/site/oauth2/access_token",
		userURL:     "https://api.bitbucket.org/2.0/user",
		read:        readBitbucket,
	}
}

func readBitbucket(a *answer) (*AuthUser, error) {
	var user struct {
		Id          string `json:"uuid"`
		Username    string `json:"username"`
		DisplayName string `json:"display_name"`
		Status      string `json:"account_status"`
		Links       struct {
			Avatar struct {
				Href string `json:"href"`
			} `json:"avatar"`
		} `json:"links"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	if user.Status != "active" {
		return nil, errInactive
	}
	email, err := bitbucketEmail(a)
	if err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:        user.Id,
		Name:      user.DisplayName,
		Username:  user.Username,
		Email:     email,
		AvatarUrl: user.Links.Avatar.Href,
	}, nil
}

// bitbucketEmail returns the confirmed primary address, or nothing.
func bitbucketEmail(a *answer) (string, error) {
	var list struct {
		Values []struct {
			Email     string `json:"email"`
			Primary   bool   `json:"is_primary"`
			Confirmed bool   `json:"is_confirmed"`
		} `json:"values"`
	}
	if err := a.fetch(a.provider.userURL+"/emails", &list); err != nil {
		return "", err
	}
	for _, m := range list.Values {
		if m.Primary && m.Confirmed {
			return m.Email, nil
		}
	}
	return "", nil
}
