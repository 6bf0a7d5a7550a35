package security

import (
	"crypto/aes"
	"crypto/cipher"
	cryptorand "crypto/rand"
	"encoding/base64"
	"errors"
)

// ErrCipherTooShort is returned by Decrypt for a text that cannot hold a nonce.
var ErrCipherTooShort = errors.New("security: cipher text is too short")

// Encrypt seals data with AES-256-GCM under a 32 byte key and returns
// base64(nonce || sealed). Two calls never return the same text. The error is
// about the key.
func Encrypt(data []byte, key string) (string, error) {
	gcm, err := newGCM(key)
	if err != nil {
		return "", err
	}
	nonce := make([]byte, gcm.NonceSize(), gcm.NonceSize()+len(data)+gcm.Overhead())
	_, _ = cryptorand.Read(nonce) // never fails: the process ends when the system has no randomness
	return base64.StdEncoding.EncodeToString(gcm.Seal(nonce, nonce, data, nil)), nil
}

// Decrypt opens a text made by Encrypt. It fails for another key, a changed
// text and anything that is not base64.
func Decrypt(cipherText, key string) ([]byte, error) {
	gcm, err := newGCM(key)
	if err != nil {
		return nil, err
	}
	sealed, err := base64.StdEncoding.DecodeString(cipherText)
	if err != nil {
		return nil, err
	}
	if len(sealed) < gcm.NonceSize() {
		return nil, ErrCipherTooShort
	}
	return gcm.Open(nil, sealed[:gcm.NonceSize()], sealed[gcm.NonceSize():], nil)
}

func newGCM(key string) (cipher.AEAD, error) {
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
