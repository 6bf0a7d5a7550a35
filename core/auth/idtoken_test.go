package auth_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	"math/big"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"golang.org/x/oauth2"
)

func TestOIDCTokenIsAboutTheUser(t *testing.T) {
	t.Parallel()
	later, earlier := time.Now().Add(time.Hour).Unix(), time.Now().Add(-time.Hour).Unix()
	tests := []struct {
		name   string
		claims jwt.MapClaims
		ok     bool
	}{
		{"none", nil, true},
		{"fine", jwt.MapClaims{"sub": "1", "aud": "client", "exp": later}, true},
		{"several clients", jwt.MapClaims{"sub": "1", "aud": []string{"other", "client"}, "exp": later}, true},
		{"another user", jwt.MapClaims{"sub": "2", "aud": "client", "exp": later}, false},
		{"another client", jwt.MapClaims{"sub": "1", "aud": "other", "exp": later}, false},
		{"expired", jwt.MapClaims{"sub": "1", "aud": "client", "exp": earlier}, false},
	}
	for _, tt := range tests {
		pages := web{"https://example.com/user": `{"sub":"1"}`}
		token := &oauth2.Token{AccessToken: "access"}
		if tt.claims != nil {
			encoded, err := jwt.NewWithClaims(jwt.SigningMethodHS256, tt.claims).SignedString([]byte("x"))
			if err != nil {
				t.Fatal(err)
			}
			token = token.WithExtra(map[string]any{"id_token": encoded})
		}
		if _, err := provider(t, "oidc", pages).FetchAuthUser(token); (err == nil) != tt.ok {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

func TestApple(t *testing.T) {
	t.Parallel()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	foreign, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	keys := roundTripper(func(r *http.Request) (*http.Response, error) {
		body := fmt.Sprintf(`{"keys":[{"kid":"other","kty":"RSA"},{"kid":"k","kty":"RSA","n":%q,"e":%q}]}`,
			base64.RawURLEncoding.EncodeToString(key.N.Bytes()),
			base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes()))
		if r.URL.String() != "https://appleid.apple.com/auth/keys" {
			t.Errorf("asked %s", r.URL)
		}
		return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
	})
	later := time.Now().Add(time.Hour).Unix()
	good := jwt.MapClaims{"iss": "https://appleid.apple.com", "aud": "client", "sub": "1", "email": "a@x", "email_verified": "true", "exp": later}
	with := func(name string, value any) jwt.MapClaims {
		changed := maps.Clone(good)
		changed[name] = value
		return changed
	}
	tests := []struct {
		name   string
		method jwt.SigningMethod
		key    any
		kid    string
		claims jwt.MapClaims
		user   any
		want   string // id, name and email; nothing when it fails
	}{
		{"fine", jwt.SigningMethodRS256, key, "k", good, nil, "1||a@x"},
		{"name", jwt.SigningMethodRS256, key, "k", good, `{"name":{"firstName":"Ann","lastName":"Bee"}}`, "1|Ann Bee|a@x"},
		{"name object", jwt.SigningMethodRS256, key, "k", good, map[string]any{"name": map[string]any{"firstName": "Ann"}}, "1|Ann|a@x"},
		{"unverified", jwt.SigningMethodRS256, key, "k", with("email_verified", "false"), nil, "1||"},
		{"another issuer", jwt.SigningMethodRS256, key, "k", with("iss", "https://evil.example.com"), nil, ""},
		{"another client", jwt.SigningMethodRS256, key, "k", with("aud", "other"), nil, ""},
		{"expired", jwt.SigningMethodRS256, key, "k", with("exp", int64(1)), nil, ""},
		{"another key", jwt.SigningMethodRS256, foreign, "k", good, nil, ""},
		{"unknown key", jwt.SigningMethodRS256, key, "x", good, nil, ""},
		{"shared secret", jwt.SigningMethodHS256, []byte("x"), "k", good, nil, ""},
		{"unsigned", jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, "k", good, nil, ""},
	}
	for _, tt := range tests {
		idToken := jwt.NewWithClaims(tt.method, tt.claims)
		idToken.Header["kid"] = tt.kid
		encoded, err := idToken.SignedString(tt.key)
		if err != nil {
			t.Fatal(err)
		}
		token := (&oauth2.Token{AccessToken: "access"}).WithExtra(map[string]any{"id_token": encoded, "user": tt.user})
		got, err := provider(t, "apple", keys).FetchAuthUser(token)
		if tt.want == "" {
			if err == nil {
				t.Errorf("%s: no error", tt.name)
			}
			continue
		}
		if err != nil || got.Id+"|"+got.Name+"|"+got.Email != tt.want {
			t.Errorf("%s: %+v, %v", tt.name, got, err)
		}
	}
	if _, err := provider(t, "apple", keys).FetchAuthUser(&oauth2.Token{}); err == nil {
		t.Error("no id token: no error")
	}
}
