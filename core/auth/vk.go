package auth

import (
	"errors"
	"strings"
)

func newVK() *provider {
	return &provider{
		displayName: "ВКонтакте",
		scopes:      []string{"email"},
		authURL:     "https://oauth.vk.com/authorize",
		tokenURL:    "https://oauth.vk.com/access_token",
		userURL:     "https://api.vk.com/method/users.get?fields=photo_max,screen_name&v=5.131",
		read:        readVK,
	}
}

func readVK(a *answer) (*AuthUser, error) {
	var user struct {
		Response []struct {
			Id         identifier `json:"id"`
			FirstName  string     `json:"first_name"`
			LastName   string     `json:"last_name"`
			ScreenName string     `json:"screen_name"`
			Photo      string     `json:"photo_max"`
		} `json:"response"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	if len(user.Response) == 0 {
		return nil, errors.New("the provider returned no user")
	}
	email, _ := a.token.Extra("email").(string) // the only place where VK tells it
	return &AuthUser{
		Id:        string(user.Response[0].Id),
		Name:      strings.TrimSpace(user.Response[0].FirstName + " " + user.Response[0].LastName),
		Username:  user.Response[0].ScreenName,
		Email:     email,
		AvatarUrl: user.Response[0].Photo,
	}, nil
}
