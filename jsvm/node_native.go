package jsvm

import (
	"crypto/hmac"
	"crypto/md5" //nolint:gosec // packages ask for it by name
	"crypto/rand"
	"crypto/sha1" //nolint:gosec // packages ask for it by name
	"crypto/sha256"
	"crypto/sha512"
	"crypto/subtle"
	"hash"
	"strings"

	"github.com/dop251/goja"
	_ "github.com/dop251/goja_nodejs/buffer" // the modules `buffer` and
	"github.com/dop251/goja_nodejs/require"
	_ "github.com/dop251/goja_nodejs/url" // `url`, for bundles
)

// registerNative adds the modules that our modules of Node's names build on.
func registerNative(reg *require.Registry) {
	reg.RegisterNativeModule("tacklebox:crypto", cryptoModule)
	reg.RegisterNativeModule("tacklebox:intl", intlModule)
}

// hashes are the digests that scripts may ask for.
var hashes = map[string]func() hash.Hash{
	"md5": md5.New, "sha1": sha1.New, "sha224": sha256.New224, "sha256": sha256.New, "sha384": sha512.New384, "sha512": sha512.New,
}

// maxRandomBytes bounds what one call may ask for, as browsers do.
const maxRandomBytes = 1 << 16

// cryptoModule has the functions under `node:crypto`. All take and return bytes
// as array buffers.
func cryptoModule(vm *goja.Runtime, module *goja.Object) {
	exports := vm.NewObject()
	functions := map[string]func(goja.FunctionCall) goja.Value{
		"digest": func(call goja.FunctionCall) goja.Value {
			h := newHash(vm, call.Argument(0))()
			return sum(vm, h, call.Argument(1))
		},
		"hmac": func(call goja.FunctionCall) goja.Value {
			h := hmac.New(newHash(vm, call.Argument(0)), argumentBytes(vm, call.Argument(1)))
			return sum(vm, h, call.Argument(2))
		},
		"randomBytes": func(call goja.FunctionCall) goja.Value {
			size := call.Argument(0).ToInteger()
			if size < 0 || size > maxRandomBytes {
				panic(vm.NewTypeError("cannot make %d random bytes at once, only %d", size, maxRandomBytes))
			}
			random := make([]byte, size)
			_, _ = rand.Read(random) // never fails
			return vm.ToValue(vm.NewArrayBuffer(random))
		},
		"publicKey": publicKeyFunction(vm),
		"verify":    verifyFunction(vm),
		"equal": func(call goja.FunctionCall) goja.Value {
			a, b := argumentBytes(vm, call.Argument(0)), argumentBytes(vm, call.Argument(1))
			return vm.ToValue(subtle.ConstantTimeCompare(a, b) == 1)
		},
	}
	for name, fn := range functions {
		_ = exports.Set(name, fn)
	}
	_ = module.Set("exports", exports)
}

func newHash(vm *goja.Runtime, name goja.Value) func() hash.Hash {
	plain := strings.ToLower(strings.ReplaceAll(textOf(name), "-", ""))
	if h, ok := hashes[plain]; ok {
		return h
	}
	panic(vm.NewTypeError("unknown digest %q", textOf(name)))
}

func sum(vm *goja.Runtime, h hash.Hash, data goja.Value) goja.Value {
	_, _ = h.Write(argumentBytes(vm, data))
	return vm.ToValue(vm.NewArrayBuffer(h.Sum(nil)))
}

func argumentBytes(vm *goja.Runtime, v goja.Value) []byte {
	switch data := exported(v).(type) {
	case goja.ArrayBuffer:
		return data.Bytes()
	case []byte:
		return data
	case string:
		return []byte(data)
	}
	panic(vm.NewTypeError("expected bytes, got %s", textOf(v)))
}
