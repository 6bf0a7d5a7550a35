package jsvm

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"math/big"

	"github.com/dop251/goja"
)

// namePSS is the one algorithm of RSA keys that pads with random bytes.
const namePSS = "RSA-PSS"

// signing is what signData and verifyData have in common: the name of the
// algorithm, its hash, the length of the salt and the key.
type signing struct {
	name string
	hash string
	salt int
	key  *webKey
}

func signingOf(call goja.FunctionCall) signing {
	return signing{
		name: call.Argument(0).String(), hash: call.Argument(1).String(), salt: int(call.Argument(2).ToInteger()), key: keyOf(call.Argument(3)),
	}
}

// pss returns the options of signatures with random bytes.
func (s signing) pss() *rsa.PSSOptions {
	return &rsa.PSSOptions{SaltLength: s.salt, Hash: webDigests[s.hash]}
}

// signData signs. The arguments are those of a signing, then the data.
func signData(call goja.FunctionCall) ([]byte, error) {
	s, data := signingOf(call), binaryOf(call.Argument(4))
	switch private := s.key.private.(type) {
	case nil:
		mac := hmac.New(webDigests[s.hash].New, s.key.secret)
		_, _ = mac.Write(data)
		return mac.Sum(nil), nil
	case ed25519.PrivateKey:
		return ed25519.Sign(private, data), nil
	case *ecdsa.PrivateKey:
		return signEC(private, digestOf(s.hash, data))
	case *rsa.PrivateKey:
		if s.name == namePSS {
			return rsa.SignPSS(rand.Reader, private, webDigests[s.hash], digestOf(s.hash, data), s.pss())
		}
		return rsa.SignPKCS1v15(rand.Reader, private, webDigests[s.hash], digestOf(s.hash, data))
	}
	return nil, fmt.Errorf("cannot sign with a key of the type %T", s.key.private)
}

// signEC returns both numbers of a signature, one behind the other.
func signEC(key *ecdsa.PrivateKey, digest []byte) ([]byte, error) {
	r, s, err := ecdsa.Sign(rand.Reader, key, digest)
	if err != nil {
		return nil, err
	}
	size := (key.Params().BitSize + 7) / 8
	signature := make([]byte, 2*size)
	r.FillBytes(signature[:size])
	s.FillBytes(signature[size:])
	return signature, nil
}

// verifyDataFunction tells whether a signature is one of the data. The arguments
// are those of a signing, then the signature and the data.
func (env *environment) verifyDataFunction() func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		s := signingOf(call)
		return env.vm.ToValue(s.verifies(binaryOf(call.Argument(4)), binaryOf(call.Argument(5))))
	}
}

func (s signing) verifies(signature, data []byte) bool {
	switch public := s.key.public.(type) {
	case nil:
		mac := hmac.New(webDigests[s.hash].New, s.key.secret)
		_, _ = mac.Write(data)
		return hmac.Equal(mac.Sum(nil), signature)
	case ed25519.PublicKey:
		return ed25519.Verify(public, data, signature)
	case *ecdsa.PublicKey:
		size := (public.Params().BitSize + 7) / 8
		if len(signature) != 2*size {
			return false
		}
		r, t := new(big.Int).SetBytes(signature[:size]), new(big.Int).SetBytes(signature[size:])
		return ecdsa.Verify(public, digestOf(s.hash, data), r, t)
	case *rsa.PublicKey:
		if s.name == namePSS {
			return rsa.VerifyPSS(public, webDigests[s.hash], digestOf(s.hash, data), signature, s.pss()) == nil
		}
		return rsa.VerifyPKCS1v15(public, webDigests[s.hash], digestOf(s.hash, data), signature) == nil
	}
	return false
}
