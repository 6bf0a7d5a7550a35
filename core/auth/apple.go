package auth

import (
	"context"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"strings"

	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/oauth2"
)

const (
	appleIssuer  = "https://appleid.apple.com"
	appleKeysURL = "https://appleid.apple.com/auth/keys"
)

func newApple() *provider {
	return &provider{
		displayName: "Apple",
		pkce:        true,
		scopes:      []string{"name", "email"},
		authURL:     "https://appleid.apple.com/auth/authorize",
		tokenURL:    "https://appleid.apple.com/auth/token",
		// Apple posts the code as soon as scopes are asked for.
		authParams: []oauth2.AuthCodeOption{oauth2.SetAuthURLParam("response_mode", "form_post")},
		raw:        appleClaims,
		read:       readApple,
	}
}

func readApple(a *answer) (*AuthUser, error) {
	var user struct {
		Id       string `json:"sub"`
		Name     string `json:"name"`
		Email    string `json:"email"`
		Verified flag   `json:"email_verified"`
	}
	if err := a.decode(&user); err != nil {
		return nil, err
	}
	return &AuthUser{Id: user.Id, Name: user.Name, Email: verified(user.Email, user.Verified)}, nil
}

// appleClaims returns what the id token says, once its signature is verified:
// Apple has no request for the user. The name is only told at the first sign-in.
func appleClaims(p *provider, token *oauth2.Token) ([]byte, error) {
	encoded, _ := token.Extra("id_token").(string)
	if encoded == "" {
		return nil, errors.New("the provider sent no id token")
	}
	claims := jwt.MapClaims{}
	_, err := jwt.ParseWithClaims(encoded, claims, func(t *jwt.Token) (any, error) {
		id, _ := t.Header["kid"].(string)
		return appleKey(p.Context(), id)
	},
		jwt.WithValidMethods([]string{"RS256"}), jwt.WithIssuer(appleIssuer), jwt.WithAudience(p.clientID),
		jwt.WithExpirationRequired(), jwt.WithLeeway(clockLeeway))
	if err != nil {
		return nil, fmt.Errorf("verify id token: %w", err)
	}
	if name := appleName(token.Extra("user")); name != "" {
		claims["name"] = name
	}
	return json.Marshal(claims)
}

// appleName reads the user member of a token answer, an object or its text.
func appleName(member any) string {
	text, ok := member.(string)
	if !ok {
		encoded, err := json.Marshal(member)
		if err != nil {
			return ""
		}
		text = string(encoded)
	}
	var user struct {
		Name struct {
			First string `json:"firstName"`
			Last  string `json:"lastName"`
		} `json:"name"`
	}
	if json.Unmarshal([]byte(text), &user) != nil {
		return ""
	}
	return strings.TrimSpace(user.Name.First + " " + user.Name.Last)
}

// appleKey returns the public key that Apple currently publishes under the id.
func appleKey(ctx context.Context, id string) (*rsa.PublicKey, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, appleKeysURL, nil)
	if err != nil {
		return nil, fmt.Errorf("prepare key request: %w", err)
	}
	response, err := oauth2.NewClient(ctx, nil).Do(request)
	if err != nil {
		return nil, fmt.Errorf("request keys: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, statusError(response.StatusCode)
	}
	var set struct {
		Keys []jsonWebKey `json:"keys"`
	}
	if err := json.NewDecoder(io.LimitReader(response.Body, maxAnswer)).Decode(&set); err != nil {
		return nil, fmt.Errorf("decode keys: %w", err)
	}
	for _, key := range set.Keys {
		if key.Id == id && key.Type == "RSA" {
			return key.rsa()
		}
	}
	return nil, errors.New("the id token is signed with an unknown key")
}

type jsonWebKey struct {
	Id       string `json:"kid"`
	Type     string `json:"kty"`
	Modulus  string `json:"n"`
	Exponent string `json:"e"`
}

func (k jsonWebKey) rsa() (*rsa.PublicKey, error) {
	modulus, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(k.Modulus, "="))
	if err != nil {
		return nil, fmt.Errorf("decode key modulus: %w", err)
	}
	exponent, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(k.Exponent, "="))
	if err != nil {
		return nil, fmt.Errorf("decode key exponent: %w", err)
	}
	const exponentBits = 31
	e := new(big.Int).SetBytes(exponent)
	if e.BitLen() > exponentBits {
		return nil, errors.New("the key exponent is too large")
	}
	return &rsa.PublicKey{N: new(big.Int).SetBytes(modulus), E: int(e.Int64())}, nil
}
