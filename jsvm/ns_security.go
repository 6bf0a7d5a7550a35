package jsvm

import "github.com/tackleboxdev/tacklebox/core/security"

// securityNamespace is hashes, tokens, random texts and encryption.
var securityNamespace = namespace{
	Name:       "$security",
	Doc:        "Hashes, signed tokens, random texts and symmetric encryption.",
	Migrations: true,
	Bind: func(*environment) members {
		return members{
			"createJWT": func(claims map[string]any, key string, seconds int64) (string, error) {
				return security.NewJWT(claims, key, seconds)
			},
			"decrypt": func(cipherText, key string) (string, error) {
				plain, err := security.Decrypt(cipherText, key)
				return string(plain), err
			},
			"encrypt": security.Encrypt,
			"equal":   security.Equal,
			"hs256":   security.HS256,
			"hs512":   security.HS512,
			"md5":     security.MD5,
			// Claims are handed out as plain maps: a map type with methods
			// would show scripts the methods in place of the claims.
			"parseJWT": func(token, key string) (map[string]any, error) {
				return security.ParseJWT(token, key)
			},
			"parseUnverifiedJWT": func(token string) (map[string]any, error) {
				return security.ParseUnverifiedJWT(token)
			},
			"pseudorandomString":             security.PseudorandomString,
			"pseudorandomStringWithAlphabet": security.PseudorandomStringWithAlphabet,
			"randomString":                   security.RandomString,
			"randomStringWithAlphabet":       security.RandomStringWithAlphabet,
			"sha256":                         security.SHA256,
			"sha512":                         security.SHA512,
		}
	},
}
