package jsvm

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/pbkdf2"
	"fmt"
	"hash"

	"github.com/dop251/goja"
)

const (
	// gcmNonce and gcmTag are the usual lengths of AES-GCM in bytes.
	gcmNonce, gcmTag = 12, 16
	// maxDerivation bounds the work of one key derivation, which cannot be
	// interrupted: iterations times blocks of the hash.
	maxDerivation = 10_000_000
	// maxDerived bounds the bytes of one.
	maxDerived = 1 << 20
)

// gcmOf returns the cipher of a call. The arguments are the key, the nonce, the
// additional data, the length of the tag in bits and the data.
func gcmOf(call goja.FunctionCall) (aead cipher.AEAD, nonce, additional, data []byte, err error) {
	block, err := aes.NewCipher(keyOf(call.Argument(0)).secret)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	nonce, additional, data = binaryOf(call.Argument(1)), binaryOf(call.Argument(2)), binaryOf(call.Argument(4))
	switch tag := int(call.Argument(3).ToInteger()) / 8; {
	case len(nonce) == 0:
		err = &webError{operationError, "The iv is empty."}
	case tag == gcmTag:
		aead, err = cipher.NewGCMWithNonceSize(block, len(nonce))
	case len(nonce) == gcmNonce && tag >= 12:
		aead, err = cipher.NewGCMWithTagSize(block, tag)
	default:
		err = &webError{notSupportedError, "Tags of AES-GCM have 128 bits, or 96 to 120 bits with an iv of 12 bytes."}
	}
	return aead, nonce, additional, data, err
}

func encryptData(call goja.FunctionCall) ([]byte, error) {
	aead, nonce, additional, data, err := gcmOf(call)
	if err != nil {
		return nil, err
	}
	return aead.Seal(nil, nonce, data, additional), nil
}

func decryptData(call goja.FunctionCall) ([]byte, error) {
	aead, nonce, additional, data, err := gcmOf(call)
	if err != nil {
		return nil, err
	}
	plain, err := aead.Open(nil, nonce, data, additional)
	if err != nil {
		return nil, &webError{operationError, "The data cannot be decrypted."}
	}
	return plain, nil
}

// deriveBits derives bytes from a secret. The arguments are the algorithm, its
// hash, the secret, the salt, the info of HKDF or the iterations of PBKDF2, and
// how many bytes are wanted.
func deriveBits(call goja.FunctionCall) ([]byte, error) {
	digest := webDigests[call.Argument(1).String()]
	newHash := func() hash.Hash { return digest.New() }
	secret, salt, wanted := keyOf(call.Argument(2)).secret, binaryOf(call.Argument(3)), call.Argument(5).ToInteger()
	if wanted > maxDerived {
		return nil, &webError{operationError, fmt.Sprintf("At most %d bytes can be derived at once.", maxDerived)}
	}
	blocks := (wanted + int64(digest.Size()) - 1) / int64(digest.Size())
	if call.Argument(0).String() == "HKDF" {
		if blocks > 255 {
			return nil, &webError{operationError, "HKDF does not give that many bits."}
		}
		return hkdf.Key(newHash, secret, salt, string(binaryOf(call.Argument(4))), int(wanted))
	}
	iterations := call.Argument(4).ToInteger()
	if iterations < 1 {
		return nil, &webError{operationError, "PBKDF2 needs at least one iteration."}
	}
	if iterations > maxDerivation || blocks*iterations > maxDerivation {
		return nil, &webError{operationError, fmt.Sprintf("PBKDF2 may take up to %d iterations for all blocks together.", maxDerivation)}
	}
	return pbkdf2.Key(newHash, string(secret), salt, int(iterations), int(wanted))
}
