package jsvm

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strings"

	"github.com/dop251/goja"
)

// signatureDigests names the hashes that signatures are made with.
var signatureDigests = map[string]crypto.Hash{
	"sha1": crypto.SHA1, "sha256": crypto.SHA256, "sha384": crypto.SHA384, "sha512": crypto.SHA512,
}

// parsePublicKey reads a public key or a certificate in PEM form.
func parsePublicKey(text []byte) (crypto.PublicKey, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("the key is not in PEM form")
	}
	switch block.Type {
	case "PUBLIC KEY":
		return x509.ParsePKIXPublicKey(block.Bytes)
	case "RSA PUBLIC KEY":
		return x509.ParsePKCS1PublicKey(block.Bytes)
	case "CERTIFICATE":
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		return certificate.PublicKey, nil
	}
	return nil, errors.New("unsupported kind of key: " + block.Type)
}

// publicKeyFunction tells the type of a public key, or throws.
func publicKeyFunction(vm *goja.Runtime) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		key, err := parsePublicKey(argumentBytes(vm, call.Argument(0)))
		if err != nil {
			panic(vm.NewGoError(err))
		}
		about := map[string]any{}
		switch key := key.(type) {
		case *rsa.PublicKey:
			about["type"], about["details"] = "rsa", map[string]any{"modulusLength": key.N.BitLen(), "publicExponent": key.E}
		case *ecdsa.PublicKey:
			about["type"], about["details"] = "ec", map[string]any{"namedCurve": curveName(key.Curve.Params().Name)}
		default:
			panic(vm.NewTypeError("only RSA and EC keys are supported"))
		}
		return vm.ToValue(about)
	}
}

// curveName is the name that OpenSSL has for a curve.
func curveName(name string) string {
	switch name {
	case "P-256":
		return "prime256v1"
	case "P-384":
		return "secp384r1"
	case "P-521":
		return "secp521r1"
	}
	return name
}

// verifyFunction checks a signature: digest, key, data, signature, padding.
func verifyFunction(vm *goja.Runtime) func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		name := textOf(call.Argument(0))
		digest, ok := signatureDigests[strings.ToLower(strings.ReplaceAll(name, "-", ""))]
		if !ok {
			panic(vm.NewTypeError("unknown digest %q", name))
		}
		key, err := parsePublicKey(argumentBytes(vm, call.Argument(1)))
		if err != nil {
			panic(vm.NewGoError(err))
		}
		h := digest.New()
		_, _ = h.Write(argumentBytes(vm, call.Argument(2)))
		signature := argumentBytes(vm, call.Argument(3))
		valid := false
		switch key := key.(type) {
		case *rsa.PublicKey:
			if textOf(call.Argument(4)) == "pss" {
				valid = rsa.VerifyPSS(key, digest, h.Sum(nil), signature, nil) == nil
			} else {
				valid = rsa.VerifyPKCS1v15(key, digest, h.Sum(nil), signature) == nil
			}
		case *ecdsa.PublicKey:
			valid = ecdsa.VerifyASN1(key, h.Sum(nil), signature)
		}
		return vm.ToValue(valid)
	}
}
