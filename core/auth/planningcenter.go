package auth

func newPlanningcenter() *provider {
	return &provider{
		displayName: "Planning Center",
		pkce:        true,
		scopes:      []string{"people"},
		authURL:     "https://api.planningcenteronline.com/oauth/authorize",
		tokenURL:    "https://api.planningcenteronline.com/oauth/token",
		userURL:     "https://api.planningcenteronline.com/people/v2/me",
		read:        readPlanningcenter,
	}
}

func readPlanningcenter(a *answer) (*AuthUser, error) {
	var user struct {
		Data struct {
			Id         identifier `json:"id"`
			Attributes struct {
				Status string `json:"status"`
				Name   string `json:"name"`
				Avatar string `json:"avatar"`
			} `json:"attributes"`
		} `json:"data"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	if user.Data.Attributes.Status != "active" {
		return nil, errInactive
	}
	return &AuthUser{
		Id:        string(user.Data.Id),
		Name:      user.Data.Attributes.Name,
		AvatarUrl: user.Data.Attributes.Avatar,
	}, nil
}
