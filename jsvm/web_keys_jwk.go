package jsvm

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"fmt"
	"math/big"

	"github.com/dop251/goja"
)

// jwk is a JSON Web Key that a script hands in.
type jwk struct{ object *goja.Object }

func (j jwk) text(name string) string {
	v := j.object.Get(name)
	if v == nil || goja.IsUndefined(v) {
		return ""
	}
	return v.String()
}

func (j jwk) has(name string) bool { return j.text(name) != "" }

// bytes returns a member that is base64url.
func (j jwk) bytes(name string) ([]byte, error) {
	b, err := base64.RawURLEncoding.DecodeString(j.text(name))
	if err != nil || len(b) == 0 {
		return nil, &webError{dataError, fmt.Sprintf("The member %q of the key is not base64url.", name)}
	}
	return b, nil
}

// all returns several members.
func (j jwk) all(names ...string) ([][]byte, error) {
	list := make([][]byte, len(names))
	for i, name := range names {
		var err error
		if list[i], err = j.bytes(name); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func parseJWK(j jwk, family string) (*webKey, error) {
	switch family {
	case familyRSA:
		return j.parseRSA()
	case familyEC:
		return j.parseEC()
	case familyOKP:
		return j.parseEd25519()
	}
	secret, err := j.bytes("k")
	return &webKey{secret: secret}, err
}

func (j jwk) parseRSA() (*webKey, error) {
	public, err := j.all("n", "e")
	if err != nil {
		return nil, err
	}
	n, e := new(big.Int).SetBytes(public[0]), new(big.Int).SetBytes(public[1])
	if n.BitLen() > maxRSAModulus || e.BitLen() > 31 {
		return nil, &webError{notSupportedError, "The RSA key is too large."}
	}
	key := rsa.PublicKey{N: n, E: int(e.Int64())}
	if !j.has("d") {
		return &webKey{public: &key}, nil
	}
	if j.has("oth") {
		return nil, &webError{notSupportedError, "RSA keys of more than two primes are not supported."}
	}
	parts, err := j.all("d", "p", "q")
	if err != nil {
		return nil, err
	}
	private := &rsa.PrivateKey{PublicKey: key, D: new(big.Int).SetBytes(parts[0])}
	for _, prime := range parts[1:] {
		if len(prime) > len(public[0]) || len(parts[0]) > len(public[0]) {
			return nil, &webError{dataError, "The parts of the RSA key do not belong together."}
		}
		private.Primes = append(private.Primes, new(big.Int).SetBytes(prime))
	}
	if err := private.Validate(); err != nil {
		return nil, err
	}
	private.Precompute()
	return &webKey{private: private}, nil
}

func (j jwk) parseEC() (*webKey, error) {
	curve, ok := webCurves[j.text("crv")]
	if !ok {
		return nil, &webError{dataError, fmt.Sprintf("The curve %q is not known.", j.text("crv"))}
	}
	at, err := j.all("x", "y")
	if err != nil {
		return nil, err
	}
	public, err := ecdsa.ParseUncompressedPublicKey(curve, bytes.Join([][]byte{{4}, at[0], at[1]}, nil))
	if err != nil || !j.has("d") {
		return &webKey{public: public}, err
	}
	d, err := j.bytes("d")
	if err != nil {
		return nil, err
	}
	private, err := ecdsa.ParseRawPrivateKey(curve, d)
	if err == nil && !private.PublicKey.Equal(public) {
		err = &webError{dataError, "The private part of the key does not belong to the public one."}
	}
	return &webKey{private: private}, err
}

func (j jwk) parseEd25519() (*webKey, error) {
	if j.text("crv") != "Ed25519" {
		return nil, &webError{dataError, fmt.Sprintf("The curve %q is not known.", j.text("crv"))}
	}
	x, err := j.bytes("x")
	if err != nil {
		return nil, err
	}
	if !j.has("d") {
		return parseKey("raw", familyOKP, "", x)
	}
	seed, err := j.bytes("d")
	if err != nil {
		return nil, err
	}
	if len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("its private part has %d bytes", len(seed))
	}
	private := ed25519.NewKeyFromSeed(seed)
	if !bytes.Equal(private.Public().(ed25519.PublicKey), x) {
		return nil, &webError{dataError, "The private part of the key does not belong to the public one."}
	}
	return &webKey{private: private}, nil
}

// exportJWKFunction returns the members of a JSON Web Key that hold the key.
func (env *environment) exportJWKFunction() func(goja.FunctionCall) goja.Value {
	return func(call goja.FunctionCall) goja.Value {
		parts, err := keyOf(call.Argument(0)).jwk()
		if err != nil {
			env.throwWeb(err)
		}
		obj := env.vm.NewObject()
		for _, part := range parts {
			_ = obj.Set(part.name, part.text)
		}
		return obj
	}
}

// jwkPart is a member of a JSON Web Key.
type jwkPart struct{ name, text string }

func encoded(name string, b []byte) jwkPart {
	return jwkPart{name, base64.RawURLEncoding.EncodeToString(b)}
}

func (k *webKey) jwk() ([]jwkPart, error) {
	switch private := k.private.(type) {
	case *rsa.PrivateKey:
		private.Precompute()
		pre := private.Precomputed
		return append(rsaParts(&private.PublicKey), encoded("d", private.D.Bytes()),
			encoded("p", private.Primes[0].Bytes()), encoded("q", private.Primes[1].Bytes()),
			encoded("dp", pre.Dp.Bytes()), encoded("dq", pre.Dq.Bytes()), encoded("qi", pre.Qinv.Bytes())), nil
	case *ecdsa.PrivateKey:
		parts, err := ecParts(&private.PublicKey)
		if err != nil {
			return nil, err
		}
		d, err := private.Bytes()
		return append(parts, encoded("d", d)), err
	case ed25519.PrivateKey:
		return append(ed25519Parts(private.Public().(ed25519.PublicKey)), encoded("d", private.Seed())), nil
	}
	switch public := k.public.(type) {
	case *rsa.PublicKey:
		return rsaParts(public), nil
	case *ecdsa.PublicKey:
		return ecParts(public)
	case ed25519.PublicKey:
		return ed25519Parts(public), nil
	}
	return []jwkPart{{"kty", familySecret}, encoded("k", k.secret)}, nil
}

func rsaParts(key *rsa.PublicKey) []jwkPart {
	return []jwkPart{{"kty", familyRSA}, encoded("n", key.N.Bytes()), encoded("e", big.NewInt(int64(key.E)).Bytes())}
}

func ecParts(key *ecdsa.PublicKey) ([]jwkPart, error) {
	point, err := key.Bytes() // 4, x, y
	if err != nil {
		return nil, err
	}
	size := len(point) / 2
	return []jwkPart{
		{"kty", familyEC}, {"crv", key.Curve.Params().Name}, encoded("x", point[1:1+size]), encoded("y", point[1+size:]),
	}, nil
}

func ed25519Parts(key ed25519.PublicKey) []jwkPart {
	return []jwkPart{{"kty", familyOKP}, {"crv", "Ed25519"}, encoded("x", key)}
}
