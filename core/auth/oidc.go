package auth

import (
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

func newOIDC() *provider {
	return &provider{
		displayName: "OIDC",
		pkce:        true,
		scopes:      []string{"openid", "email", "profile"},
		read:        readOIDC,
	}
}

func readOIDC(a *answer) (*AuthUser, error) {
	var user struct {
		Id       identifier `json:"sub"`
		Name     string     `json:"name"`
		Username string     `json:"preferred_username"`
		Picture  string     `json:"picture"`
		Email    string     `json:"email"`
		Verified flag       `json:"email_verified"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	if err := checkIDToken(a, string(user.Id)); err != nil {
		return nil, fmt.Errorf("check id token: %w", err)
	}
	return &AuthUser{
		Id:        string(user.Id),
		Name:      user.Name,
		Username:  user.Username,
		Email:     verified(user.Email, user.Verified),
		AvatarUrl: user.Picture,
	}, nil
}

// checkIDToken makes sure that the token answer is about the same user as the
// user data, and meant for this client. The id token comes directly from the
// token endpoint, so that its signature does not add to that of the connection.
// A provider that sends none is one of plain OAuth2.
func checkIDToken(a *answer, subject string) error {
	encoded, _ := a.token.Extra("id_token").(string)
	if encoded == "" {
		return nil
	}
	claims := jwt.RegisteredClaims{}
	if _, _, err := jwt.NewParser().ParseUnverified(encoded, &claims); err != nil {
		return err
	}
	if claims.Subject != subject {
		return errors.New("it is about another user")
	}
	return jwt.NewValidator(jwt.WithAudience(a.provider.clientID), jwt.WithLeeway(clockLeeway)).Validate(claims)
}

// clockLeeway is how far the clocks of a provider and ours may be apart.
const clockLeeway = time.Minute
