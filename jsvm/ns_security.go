package jsvm

import "github.com/tackleboxdev/tacklebox/core/security"

// securityNamespace is hashes, tokens, random texts and encryption.
var securityNamespace = namespace{
	Name:       "$security",
	Doc:        "Hashes, signed tokens, random texts and symmetric encryption.",
	Migrations: true,
	Bind: func(env *environment) members {
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
			"pseudorandomString":             env.randomText(security.PseudorandomString),
			"pseudorandomStringWithAlphabet": env.randomTextOf(security.PseudorandomStringWithAlphabet),
			"randomString":                   env.randomText(security.RandomString),
			"randomStringWithAlphabet":       env.randomTextOf(security.RandomStringWithAlphabet),
			"sha256":                         security.SHA256,
			"sha512":                         security.SHA512,
		}
	},
}

// maxRandomText bounds random texts, in characters.
const maxRandomText = 1 << 20

func (env *environment) randomText(generate func(int) string) func(int) string {
	return func(length int) string {
		env.checkRandomText(length)
		return generate(length)
	}
}

func (env *environment) randomTextOf(generate func(int, string) string) func(int, string) string {
	return func(length int, alphabet string) string {
		env.checkRandomText(length)
		return generate(length, alphabet)
	}
}

func (env *environment) checkRandomText(length int) {
	if length < 0 || length > maxRandomText {
		env.throwRange("Invalid string length")
	}
}
