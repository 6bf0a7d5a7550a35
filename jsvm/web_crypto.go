package jsvm

import (
	"crypto"
	"crypto/rand"
	"encoding/hex"
	"errors"

	"github.com/dop251/goja"
)

// webDigests are the hash functions of crypto.subtle.
var webDigests = map[string]crypto.Hash{
	"SHA-1": crypto.SHA1, "SHA-256": crypto.SHA256, "SHA-384": crypto.SHA384, "SHA-512": crypto.SHA512,
}

// cryptoNatives are random values, digests, and what is done with keys. Keys are
// handed to the script as opaque values.
func cryptoNatives(env *environment) members {
	return members{
		"knows": func(call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(webDigests[call.Argument(0).String()] != 0)
		},
		"digest": env.binary(func(call goja.FunctionCall) ([]byte, error) {
			return digestOf(call.Argument(0).String(), binaryOf(call.Argument(1))), nil
		}),
		"fill": func(call goja.FunctionCall) goja.Value {
			_, _ = rand.Read(binaryOf(call.Argument(0))) // never fails
			return goja.Undefined()
		},
		"randomUUID":  env.native("randomUUID", 0, func(goja.FunctionCall) goja.Value { return env.vm.ToValue(randomUUID()) }),
		"importKey":   env.importKeyFunction(),
		"generateKey": env.generateKeyFunction(),
		"exportJWK":   env.exportJWKFunction(),
		"exportKey":   env.binary(exportKey),
		"sign":        env.binary(signData),
		"verify":      env.verifyDataFunction(),
		"encrypt":     env.binary(encryptData),
		"decrypt":     env.binary(decryptData),
		"deriveBits":  env.binary(deriveBits),
	}
}

// webError is an error that scripts see as a DOMException.
type webError struct{ name, text string }

// Error implements error.
func (e *webError) Error() string { return e.name + ": " + e.text }

// The names of errors of crypto.subtle.
const (
	dataError         = "DataError"
	operationError    = "OperationError"
	notSupportedError = "NotSupportedError"
)

// throwWeb throws a DOMException, for a part of the web platform that has asked
// for that class. Other errors than a webError are failed operations.
func (env *environment) throwWeb(err error) {
	name, text := operationError, err.Error()
	if known, ok := errors.AsType[*webError](err); ok {
		name, text = known.name, known.text
	}
	thrown, err := env.vm.New(env.webParts["events"].Get("DOMException"), env.vm.ToValue(text), env.vm.ToValue(name))
	if err != nil {
		panic(err)
	}
	panic(thrown)
}

// binary makes a function of one that returns bytes.
func (env *environment) binary(fn func(goja.FunctionCall) ([]byte, error)) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		b, err := fn(call)
		if err != nil {
			env.throwWeb(err)
		}
		return env.vm.ToValue(env.vm.NewArrayBuffer(b))
	}
}

func digestOf(name string, data []byte) []byte {
	h := webDigests[name].New()
	_, _ = h.Write(data)
	return h.Sum(nil)
}

// randomUUID returns a random UUID, version 4.
func randomUUID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	text := hex.EncodeToString(b[:])
	return text[:8] + "-" + text[8:12] + "-" + text[12:16] + "-" + text[16:20] + "-" + text[20:]
}
