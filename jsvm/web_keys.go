package jsvm

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"math/big"

	"github.com/dop251/goja"
)

// The families of keys, by the name that JSON Web Keys have for them.
const (
	familySecret = "oct"
	familyRSA    = "RSA"
	familyEC     = "EC"
	familyOKP    = "OKP"
)

const (
	// maxRSAModulus bounds the RSA keys that are read, maxRSAGenerated those that
	// are made, which takes seconds for larger ones.
	maxRSAModulus, maxRSAGenerated = 16384, 4096
	// maxKeyBytes bounds keys in the formats of X.509: reading cannot be interrupted.
	maxKeyBytes = 16 << 10
)

// webCurves are the curves of ECDSA.
var webCurves = map[string]elliptic.Curve{
	"P-256": elliptic.P256(), "P-384": elliptic.P384(), "P-521": elliptic.P521(),
}

// webKey is what is behind a CryptoKey: one of the members is set.
type webKey struct {
	secret  []byte
	public  crypto.PublicKey // *rsa.PublicKey, *ecdsa.PublicKey or ed25519.PublicKey
	private crypto.Signer    // *rsa.PrivateKey, *ecdsa.PrivateKey or ed25519.PrivateKey
}

// keyOf returns the key that a script hands in.
func keyOf(v goja.Value) *webKey {
	if key, ok := exported(v).(*webKey); ok {
		return key
	}
	return &webKey{}
}

// shown returns what the script learns about a key: the key itself, its type and
// what its algorithm tells about it.
func (k *webKey) shown(env *environment) *goja.Object {
	about := env.vm.NewObject()
	_ = about.Set("key", env.vm.ToValue(k))
	kind, public := "public", k.public
	if k.private != nil {
		kind, public = "private", k.private.Public()
	}
	switch public := public.(type) {
	case *rsa.PublicKey:
		_ = about.Set("modulusLength", public.N.BitLen())
		_ = about.Set("publicExponent", env.bytesToJS(big.NewInt(int64(public.E)).Bytes()))
	case *ecdsa.PublicKey:
		_ = about.Set("namedCurve", public.Curve.Params().Name)
	case nil:
		kind = "secret"
		_ = about.Set("length", len(k.secret)*8)
	}
	_ = about.Set("type", kind)
	return about
}

// importKeyFunction reads a key. The arguments are the format, the family, the
// curve, and the bytes or the JSON Web Key.
func (env *environment) importKeyFunction() func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		format, family, curve := call.Argument(0).String(), call.Argument(1).String(), call.Argument(2).String()
		var key *webKey
		var err error
		if format == "jwk" {
			key, err = parseJWK(jwk{call.Argument(3).ToObject(env.vm)}, family)
		} else {
			key, err = parseKey(format, family, curve, binaryOf(call.Argument(3)))
		}
		if err == nil {
			err = key.check(family, curve)
		}
		if err != nil {
			env.throwWeb(asDataError(err))
		}
		return key.shown(env)
	}
}

// asDataError makes an error of the key what an error is that does not say so.
func asDataError(err error) error {
	if _, ok := err.(*webError); ok { //nolint:errorlint // not one inside of another
		return err
	}
	return &webError{dataError, "The key cannot be read: " + err.Error() + "."}
}

func parseKey(format, family, curve string, data []byte) (*webKey, error) {
	if family != familySecret && len(data) > maxKeyBytes {
		return nil, fmt.Errorf("it has %d bytes", len(data))
	}
	switch format {
	case "spki":
		public, err := x509.ParsePKIXPublicKey(data)
		return &webKey{public: public}, err
	case "pkcs8":
		private, err := x509.ParsePKCS8PrivateKey(data)
		if err != nil {
			return nil, err
		}
		signer, ok := private.(crypto.Signer)
		if !ok {
			return nil, fmt.Errorf("it is of the type %T", private)
		}
		return &webKey{private: signer}, nil
	}
	switch family { // the format is raw
	case familySecret:
		return &webKey{secret: append([]byte{}, data...)}, nil
	case familyEC:
		public, err := ecdsa.ParseUncompressedPublicKey(webCurves[curve], data)
		return &webKey{public: public}, err
	}
	if len(data) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("it has %d bytes", len(data))
	}
	return &webKey{public: ed25519.PublicKey(append([]byte{}, data...))}, nil
}

// check tells whether a key is of a family, and on a curve if that has one.
func (k *webKey) check(family, curve string) error {
	public := k.public
	if k.private != nil {
		public = k.private.Public()
	}
	is := false
	switch public := public.(type) {
	case *rsa.PublicKey:
		if public.N.BitLen() > maxRSAModulus {
			return &webError{notSupportedError, fmt.Sprintf("RSA keys may have up to %d bits.", maxRSAModulus)}
		}
		is = family == familyRSA
	case *ecdsa.PublicKey:
		is = family == familyEC && public.Curve.Params().Name == curve
	case ed25519.PublicKey:
		is = family == familyOKP
	case nil:
		is = family == familySecret
	}
	if !is {
		return &webError{dataError, "The key is not one for the algorithm, or for its curve."}
	}
	return nil
}

// generateKeyFunction makes keys. The arguments are the family, the number of
// bits and the curve. The result is a secret key or the pair of two.
func (env *environment) generateKeyFunction() func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		private, secret, err := generateKey(call.Argument(0).String(), int(call.Argument(1).ToInteger()), call.Argument(2).String())
		if err != nil {
			env.throwWeb(err)
		}
		if private == nil {
			return (&webKey{secret: secret}).shown(env)
		}
		pair := env.vm.NewObject()
		_ = pair.Set("private", (&webKey{private: private}).shown(env))
		_ = pair.Set("public", (&webKey{public: private.Public()}).shown(env))
		return pair
	}
}

func generateKey(family string, bits int, curve string) (private crypto.Signer, secret []byte, err error) {
	switch family {
	case familyRSA:
		if bits > maxRSAGenerated {
			return nil, nil, &webError{notSupportedError, fmt.Sprintf("RSA keys of up to %d bits can be made.", maxRSAGenerated)}
		}
		private, err = rsa.GenerateKey(rand.Reader, bits)
	case familyEC:
		private, err = ecdsa.GenerateKey(webCurves[curve], rand.Reader)
	case familyOKP:
		_, private, err = ed25519.GenerateKey(rand.Reader)
	default:
		secret = make([]byte, bits/8)
		_, _ = rand.Read(secret) // never fails
	}
	return private, secret, err
}

// exportKey returns the bytes of a key. The arguments are the format and the key.
func exportKey(call goja.FunctionCall) ([]byte, error) {
	key := keyOf(call.Argument(1))
	switch format := call.Argument(0).String(); {
	case format == "spki" && key.public != nil:
		return x509.MarshalPKIXPublicKey(key.public)
	case format == "pkcs8" && key.private != nil:
		return x509.MarshalPKCS8PrivateKey(key.private)
	case format == "raw" && key.secret != nil:
		return append([]byte{}, key.secret...), nil
	case format == "raw":
		switch public := key.public.(type) {
		case *ecdsa.PublicKey:
			return public.Bytes()
		case ed25519.PublicKey:
			return append([]byte{}, public...), nil
		}
	}
	return nil, &webError{"InvalidAccessError", "The key does not have that format."}
}
