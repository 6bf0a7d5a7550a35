package jsvm

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // scripts choose the algorithm
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"hash"

	"github.com/dop251/goja"
)

// webDigests are the hash functions of crypto.subtle.
var webDigests = map[string]func() hash.Hash{
	"SHA-1": sha1.New, "SHA-256": sha256.New, "SHA-384": sha512.New384, "SHA-512": sha512.New,
}

// cryptoNatives are random values, webDigests and message authentication.
func cryptoNatives(env *environment) members {
	buffer := func(b []byte) goja.Value { return env.vm.ToValue(env.vm.NewArrayBuffer(b)) }
	return members{
		"knows": func(call goja.FunctionCall) goja.Value {
			return env.vm.ToValue(webDigests[call.Argument(0).String()] != nil)
		},
		"digest": func(call goja.FunctionCall) goja.Value {
			h := webDigests[call.Argument(0).String()]()
			_, _ = h.Write(binaryOf(call.Argument(1)))
			return buffer(h.Sum(nil))
		},
		"hmac": func(call goja.FunctionCall) goja.Value {
			mac := hmac.New(webDigests[call.Argument(0).String()], binaryOf(call.Argument(1)))
			_, _ = mac.Write(binaryOf(call.Argument(2)))
			return buffer(mac.Sum(nil))
		},
		"fill": func(call goja.FunctionCall) goja.Value {
			_, _ = rand.Read(binaryOf(call.Argument(0))) // never fails
			return goja.Undefined()
		},
		"randomUUID": env.native("randomUUID", 0, func(goja.FunctionCall) goja.Value { return env.vm.ToValue(randomUUID()) }),
	}
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

// cloneNatives tell structuredClone what it cannot see for itself.
func cloneNatives(env *environment) members {
	return members{
		"isGo": func(call goja.FunctionCall) goja.Value {
			obj, ok := call.Argument(0).(*goja.Object)
			if !ok {
				return env.vm.ToValue(false)
			}
			_, isGo := obj.Export().(wrapper)
			return env.vm.ToValue(isGo)
		},
		// plain is what JSON keeps of a Go value.
		"plain": func(call goja.FunctionCall) goja.Value {
			text, err := json.Marshal(env.toGo(call.Argument(0)))
			if err != nil {
				env.throwGo(err)
			}
			value, err := env.parseJSON(goja.Undefined(), env.vm.ToValue(string(text)))
			if err != nil {
				panic(err)
			}
			return value
		},
	}
}
