package security

import (
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // offered to scripts for checksums
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/hex"
)

// MD5 returns the lower case hexadecimal MD5 of text. It is a checksum, not a
// protection.
func MD5(text string) string {
	sum := md5.Sum([]byte(text)) //nolint:gosec // see above
	return hex.EncodeToString(sum[:])
}

// SHA256 returns the lower case hexadecimal SHA-256 of text.
func SHA256(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// SHA512 returns the lower case hexadecimal SHA-512 of text.
func SHA512(text string) string {
	sum := sha512.Sum512([]byte(text))
	return hex.EncodeToString(sum[:])
}

// HS256 returns the lower case hexadecimal HMAC-SHA-256 of text.
func HS256(text, secret string) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// HS512 returns the lower case hexadecimal HMAC-SHA-512 of text.
func HS512(text, secret string) string {
	h := hmac.New(sha512.New, []byte(secret))
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

// Equal compares two texts in a time that depends only on their lengths.
func Equal(a, b string) bool {
	return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1
}
