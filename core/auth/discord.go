package auth

func newDiscord() *provider {
	return &provider{
		displayName: "Discord",
		pkce:        true,
		scopes:      []string{"identify", "email"},
		authURL:     "https://discord.com/api/oauth2/authorize",
		tokenURL:    "https://discord.com/api/oauth2/token",
		userURL:     "https://discord.com/api/users/@me",
		read:        readDiscord,
	}
}

func readDiscord(a *answer) (*AuthUser, error) {
	var user struct {
		Id            identifier `json:"id"`
		Username      string     `json:"username"`
		GlobalName    string     `json:"global_name"`
		Discriminator string     `json:"discriminator"`
		Avatar        string     `json:"avatar"`
		Email         string     `json:"email"`
		Verified      flag       `json:"verified"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	name := user.GlobalName
	if name == "" {
		name = user.Username
		// Accounts of the old kind share names and are told apart by a number.
		if user.Discriminator != "" && user.Discriminator != "0" {
			name += "#" + user.Discriminator
		}
	}
	avatar := ""
	if user.Avatar != "" {
		avatar = "https://cdn.discordapp.com/avatars/" + string(user.Id) + "/" + user.Avatar + ".png"
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      name,
		Username:  user.Username,
		Email:     verified(user.Email, user.Verified),
		AvatarUrl: avatar,
	}, nil
}
