package auth

import (
	"strings"
)

func newMailcow() *provider {
	return &provider{
		displayName: "mailcow",
		pkce:        true,
		scopes:      []string{"profile"},
		read:        readMailcow,
	}
}

func readMailcow(a *answer) (*AuthUser, error) {
	var user struct {
		Id       identifier `json:"id"`
		Username string     `json:"username"`
		Email    string     `json:"email"`
		FullName string     `json:"full_name"`
		Active   flag       `json:"active"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	if !user.Active {
		return nil, errInactive
	}
	username, _, _ := strings.Cut(user.Username, "@") // it is the address of the mailbox
	return &AuthUser{
		Id:       string(user.Id),
		Name:     user.FullName,
		Username: username,
		Email:    user.Email,
	}, nil
}
