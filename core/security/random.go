package security

import (
	cryptorand "crypto/rand"
	"math/rand/v2"
)

const defaultAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// RandomString returns length cryptographically random letters and digits.
func RandomString(length int) string { return RandomStringWithAlphabet(length, defaultAlphabet) }

// RandomStringWithAlphabet returns length cryptographically random bytes of
// alphabet, each equally likely. A length below 1 or an empty alphabet gives an
// empty text.
func RandomStringWithAlphabet(length int, alphabet string) string {
	n := len(alphabet)
	if length <= 0 || n == 0 {
		return ""
	}
	out := make([]byte, 0, length)
	if n > 256 {
		n = 256
	}
	// Random bytes at or past the largest multiple of n would favour the first
	// letters, so they are drawn again.
	limit := 256 - 256%n
	buf := make([]byte, length+length/4+8)
	for len(out) < length {
		_, _ = cryptorand.Read(buf) // never fails: the process ends when the system has no randomness
		for _, b := range buf {
			if int(b) < limit && len(out) < length {
				out = append(out, alphabet[int(b)%n])
			}
		}
	}
	return string(out)
}

// PseudorandomString returns length random letters and digits that are fast to
// make and must not guard a secret.
func PseudorandomString(length int) string {
	return PseudorandomStringWithAlphabet(length, defaultAlphabet)
}

// PseudorandomStringWithAlphabet is PseudorandomString over another alphabet.
func PseudorandomStringWithAlphabet(length int, alphabet string) string {
	if length <= 0 || alphabet == "" {
		return ""
	}
	out := make([]byte, length)
	for i := range out {
		out[i] = alphabet[rand.IntN(len(alphabet))] //nolint:gosec // documented as not secret
	}
	return string(out)
}
