package auth

func newKakao() *provider {
	return &provider{
		displayName: "Kakao",
		pkce:        true,
		scopes:      []string{"account_email", "profile_nickname", "profile_image"},
		authURL:     "https://kauth.kakao.com/oauth/authorize",
		tokenURL:    "https://kauth.kakao.com/oauth/token",
		userURL:     "https://kapi.kakao.com/v2/user/me",
		read:        readKakao,
	}
}

func readKakao(a *answer) (*AuthUser, error) {
	var user struct {
		Id         identifier `json:"id"`
		Properties struct {
			Nickname     string `json:"nickname"`
			ProfileImage string `json:"profile_image"`
		} `json:"properties"`
		Account struct {
			Email    string `json:"email"`
			Valid    flag   `json:"is_email_valid"`
			Verified flag   `json:"is_email_verified"`
		} `json:"kakao_account"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	return &AuthUser{
		Id:        string(user.Id),
		Username:  user.Properties.Nickname,
		Email:     verified(user.Account.Email, user.Account.Valid && user.Account.Verified),
		AvatarUrl: user.Properties.ProfileImage,
	}, nil
}
