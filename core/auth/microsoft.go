package auth

func newMicrosoft() *provider {
	return &provider{
		displayName: "Microsoft",
		pkce:        true,
		scopes:      []string{"User.Read"},
		authURL:     "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
		tokenURL:    "https://login.microsoftonline.com/common/oauth2/v2.0/token",
		userURL:     "https://graph.microsoft.com/v1.0/me",
		read:        readMicrosoft,
	}
}

// readMicrosoft takes the address as the directory of the user has it. Microsoft does
// not tell whether it is confirmed, and anybody can run a directory: with your own in the
// URLs of the provider nobody else signs in.
func readMicrosoft(a *answer) (*AuthUser, error) {
	var user struct {
		Id          identifier `json:"id"`
		DisplayName string     `json:"displayName"`
		Mail        string     `json:"mail"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:    string(user.Id),
		Name:  user.DisplayName,
		Email: user.Mail,
	}, nil
}
