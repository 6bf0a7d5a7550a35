package forms

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
	validation "github.com/pocketbase/ozzo-validation/v4"

	"github.com/tackleboxdev/tacklebox/core"
)

const (
	appleAudience    = "https://appleid.apple.com"
	appleIDLength    = 10
	maxAppleDuration = 15777000 // six months, the longest that Apple accepts
)

var privateKeyPattern = regexp.MustCompile(`(?m)-----BEGIN PRIVATE KEY----[\s\S]+-----END PRIVATE KEY-----`)

// AppleClientSecretCreate makes the client secret that Sign in with Apple needs:
// a token signed with the private key of the developer account.
type AppleClientSecretCreate struct {
	ClientId string `form:"clientId" json:"clientId"`
	TeamId   string `form:"teamId" json:"teamId"`
	KeyId    string `form:"keyId" json:"keyId"`
	// PrivateKey is a PEM block.
	PrivateKey string `form:"privateKey" json:"privateKey"`
	// Duration is how long the secret is valid, in seconds.
	Duration int `form:"duration" json:"duration"`
}

// NewAppleClientSecretCreate returns an empty form.
func NewAppleClientSecretCreate(*core.App) *AppleClientSecretCreate {
	return &AppleClientSecretCreate{}
}

// Validate checks the shape of the fields, not whether the key is usable.
func (f *AppleClientSecretCreate) Validate() error {
	return validation.ValidateStruct(f,
		validation.Field(&f.ClientId, validation.Required),
		validation.Field(&f.TeamId, validation.Required, validation.Length(appleIDLength, appleIDLength)),
		validation.Field(&f.KeyId, validation.Required, validation.Length(appleIDLength, appleIDLength)),
		validation.Field(&f.PrivateKey, validation.Required, validation.Match(privateKeyPattern)),
		validation.Field(&f.Duration, validation.Required, validation.Min(1), validation.Max(maxAppleDuration)),
	)
}

// Submit validates the form and returns the secret.
func (f *AppleClientSecretCreate) Submit() (string, error) {
	if err := f.Validate(); err != nil {
		return "", err
	}
	key, err := jwt.ParseECPrivateKeyFromPEM([]byte(strings.TrimSpace(f.PrivateKey)))
	if err != nil {
		return "", fmt.Errorf("read private key: %w", err)
	}
	now := time.Now()
	token := jwt.NewWithClaims(jwt.SigningMethodES256, jwt.RegisteredClaims{
		Audience:  jwt.ClaimStrings{appleAudience},
		Subject:   f.ClientId,
		Issuer:    f.TeamId,
		IssuedAt:  jwt.NewNumericDate(now),
		ExpiresAt: jwt.NewNumericDate(now.Add(time.Duration(f.Duration) * time.Second)),
	})
	token.Header["kid"] = f.KeyId
	secret, err := token.SignedString(key)
	if err != nil {
		return "", fmt.Errorf("sign client secret: %w", err)
	}
	return secret, nil
}
