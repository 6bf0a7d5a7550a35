package security_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/tackleboxdev/tacklebox/core/security"
)

func TestRandomStrings(t *testing.T) {
	t.Parallel()
	for name, fn := range map[string]func(int, string) string{
		"random": security.RandomStringWithAlphabet, "pseudorandom": security.PseudorandomStringWithAlphabet,
	} {
		seen := map[string]bool{}
		for range 200 {
			s := fn(15, "abc123")
			if len(s) != 15 || strings.Trim(s, "abc123") != "" || seen[s] {
				t.Fatalf("%s: got %q", name, s)
			}
			seen[s] = true
		}
		for _, n := range []int{-1, 0} {
			if fn(n, "abc") != "" {
				t.Errorf("%s: length %d", name, n)
			}
		}
		if fn(5, "") != "" || fn(5, "x") != "xxxxx" {
			t.Errorf("%s: odd alphabets", name)
		}
	}
	if s := security.RandomString(50); len(s) != 50 {
		t.Errorf("RandomString: %q", s)
	}
	if s := security.PseudorandomString(10); len(s) != 10 {
		t.Errorf("PseudorandomString: %q", s)
	}
}

func TestRandomStringIsUniform(t *testing.T) {
	t.Parallel()
	counts := map[rune]int{}
	for _, r := range security.RandomStringWithAlphabet(62000, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") {
		counts[r]++
	}
	for r, n := range counts {
		if n < 800 || n > 1200 {
			t.Errorf("%c came %d times of 1000 expected", r, n)
		}
	}
}

func TestHashes(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct{ name, got, want string }{
		{"MD5", security.MD5("abc"), "900150983cd24fb0d6963f7d28e17f72"},
		{"SHA256", security.SHA256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"SHA512", security.SHA512("abc")[:16], "ddaf35a193617aba"},
		{"HS256", security.HS256("payload", "key"), "5d98b45c90a207fa998ce639fea6f02ecc8cc3f36fef81d694fb856b4d0a28ca"},
		{"HS512", security.HS512("payload", "key")[:16], "185beceee65a5ed7"},
	} {
		if tc.got != tc.want {
			t.Errorf("%s: got %s", tc.name, tc.got)
		}
	}
	if !security.Equal("same", "same") || security.Equal("same", "other") || security.Equal("a", "") {
		t.Error("Equal")
	}
}

func TestEncrypt(t *testing.T) {
	t.Parallel()
	const key = "0123456789abcdef0123456789abcdef"
	for _, text := range []string{"", "hello", strings.Repeat("x", 10000)} {
		box, err := security.Encrypt([]byte(text), key)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := security.Encrypt([]byte(text), key)
		if box == again {
			t.Error("two boxes are equal")
		}
		if back, err := security.Decrypt(box, key); err != nil || string(back) != text {
			t.Errorf("got %q, %v", back, err)
		}
	}
	box, _ := security.Encrypt([]byte("hello"), key)
	for _, tc := range []struct{ box, key, want string }{
		{box, "ffffffffffffffffffffffffffffffff", "cipher: message authentication failed"},
		{box, "short", "crypto/aes: invalid key size 5"},
		{"%%%", key, "illegal base64 data at input byte 0"},
		{"YQ==", key, "security: cipher text is too short"},
	} {
		if _, err := security.Decrypt(tc.box, tc.key); err == nil || err.Error() != tc.want {
			t.Errorf("Decrypt(%q): %v, want %s", tc.box, err, tc.want)
		}
	}
	if _, err := security.Encrypt(nil, "short"); err == nil || err.Error() != "crypto/aes: invalid key size 5" {
		t.Errorf("short key: %v", err)
	}
}

func TestJWT(t *testing.T) {
	t.Parallel()
	given := jwt.MapClaims{"sub": "abc", "n": 5}
	token, err := security.NewJWT(given, "s3cret", 3600)
	if err != nil {
		t.Fatal(err)
	}
	if len(given) != 2 {
		t.Error("the given claims were changed")
	}
	if head, _, _ := strings.Cut(token, "."); head != "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9" {
		t.Errorf("header is %s", head)
	}
	claims, err := security.ParseJWT(token, "s3cret")
	if err != nil || claims["sub"] != "abc" || claims["n"] != float64(5) {
		t.Errorf("got %v, %v", claims, err)
	}
	exp, _ := claims.GetExpirationTime()
	if left := time.Until(exp.Time); left < 59*time.Minute || left > time.Hour {
		t.Errorf("expires in %v", left)
	}
	if claims, err = security.ParseUnverifiedJWT(token); err != nil || claims["sub"] != "abc" {
		t.Errorf("unverified: %v, %v", claims, err)
	}
}

func TestJWTErrors(t *testing.T) {
	t.Parallel()
	sign := func(method jwt.SigningMethod, key any, claims jwt.MapClaims) string {
		s, err := jwt.NewWithClaims(method, claims).SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	good, _ := security.NewJWT(jwt.MapClaims{"a": 1}, "k", 100)
	expired, _ := security.NewJWT(jwt.MapClaims{"a": 1}, "k", -10)
	for _, tc := range []struct {
		name, token      string
		verified, opened error
	}{
		{"wrong key", good + "x", security.ErrTokenSignature, nil},
		{"expired", expired, security.ErrTokenExpired, security.ErrTokenExpired},
		{"garbage", "garbage", security.ErrTokenMalformed, security.ErrTokenMalformed},
		{"two parts", "x.y", security.ErrTokenMalformed, security.ErrTokenMalformed},
		{"empty", "", security.ErrTokenMalformed, security.ErrTokenMalformed},
		{"other method", sign(jwt.SigningMethodHS512, []byte("k"), jwt.MapClaims{}), security.ErrTokenSignature, nil},
		{"unsigned", sign(jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, jwt.MapClaims{}), security.ErrTokenSignature, nil},
		{"not yet", sign(jwt.SigningMethodHS256, []byte("k"), jwt.MapClaims{"nbf": time.Now().Unix() + 100}), security.ErrTokenNotYet, security.ErrTokenNotYet},
		{"from the future", sign(jwt.SigningMethodHS256, []byte("k"), jwt.MapClaims{"iat": time.Now().Unix() + 100}), security.ErrTokenIssued, security.ErrTokenIssued},
	} {
		if _, err := security.ParseJWT(tc.token, "k"); !errors.Is(err, tc.verified) {
			t.Errorf("%s: ParseJWT: %v, want %v", tc.name, err, tc.verified)
		}
		if _, err := security.ParseUnverifiedJWT(tc.token); !errors.Is(err, tc.opened) {
			t.Errorf("%s: ParseUnverifiedJWT: %v, want %v", tc.name, err, tc.opened)
		}
	}
	if _, err := security.ParseJWT("a.b.c", "k"); err == nil || errors.Is(err, security.ErrTokenMalformed) {
		t.Errorf("unreadable parts: %v", err)
	}
}
