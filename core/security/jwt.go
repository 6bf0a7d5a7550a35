package security

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// Reasons a token is refused. Their texts are shown to scripts.
var (
	ErrTokenMalformed = errors.New("token contains an invalid number of segments")
	ErrTokenSignature = errors.New("signature is invalid")
	ErrTokenExpired   = errors.New("Token is expired")         //nolint:staticcheck // public text
	ErrTokenNotYet    = errors.New("Token is not valid yet")   //nolint:staticcheck // public text
	ErrTokenIssued    = errors.New("Token used before issued") //nolint:staticcheck // public text
)

var (
	jwtParser = jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithIssuedAt())
	validator = jwt.NewValidator(jwt.WithIssuedAt())
)

// NewJWT signs the claims with HS256 and adds an "exp" claim that many seconds
// from now, unless they have one. The given claims are not changed.
func NewJWT(claims jwt.MapClaims, key string, seconds int64) (string, error) {
	all := make(jwt.MapClaims, len(claims)+1)
	all["exp"] = time.Now().Add(time.Duration(seconds) * time.Second).Unix()
	maps.Copy(all, claims)
	return jwt.NewWithClaims(jwt.SigningMethodHS256, all).SignedString([]byte(key))
}

// ParseUnverifiedJWT returns the claims of a token without checking who signed
// it. Its time claims are checked, and an expired token comes back with its
// claims and ErrTokenExpired.
func ParseUnverifiedJWT(token string) (jwt.MapClaims, error) {
	claims := jwt.MapClaims{}
	if _, _, err := jwtParser.ParseUnverified(token, claims); err != nil {
		return claims, plainTokenError(token, err)
	}
	if err := validator.Validate(claims); err != nil {
		return claims, plainTokenError(token, err)
	}
	return claims, nil
}

// ParseJWT returns the claims of a token signed with HS256 and the key. It
// fails when the signature, the method or a time claim is not right.
func ParseJWT(token, key string) (jwt.MapClaims, error) {
	parsed, err := jwtParser.Parse(token, func(*jwt.Token) (any, error) { return []byte(key), nil })
	if err != nil {
		return nil, plainTokenError(token, err)
	}
	claims, ok := parsed.Claims.(jwt.MapClaims)
	if !ok || !parsed.Valid {
		return nil, errors.New("unable to parse token")
	}
	return claims, nil
}

// plainTokenError replaces the library's layered messages with one sentence.
func plainTokenError(token string, err error) error {
	switch {
	case errors.Is(err, jwt.ErrTokenMalformed) && strings.Count(token, ".") != 2:
		return ErrTokenMalformed
	case errors.Is(err, jwt.ErrTokenSignatureInvalid):
		return ErrTokenSignature
	case errors.Is(err, jwt.ErrTokenExpired):
		return ErrTokenExpired
	case errors.Is(err, jwt.ErrTokenNotValidYet):
		return ErrTokenNotYet
	case errors.Is(err, jwt.ErrTokenUsedBeforeIssued):
		return ErrTokenIssued
	}
	return fmt.Errorf("parse token: %w", err)
}
