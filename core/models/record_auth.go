package models

import (
	"errors"

	"github.com/tackleboxdev/tacklebox/core/schema"
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// ErrNotAuthRecord is returned by the account methods of a record whose
// collection holds no accounts.
var ErrNotAuthRecord = errors.New("not an auth collection record")

func (r *Record) setAuth(key string, value any) error {
	if r.collection == nil || !r.collection.IsAuth() {
		return ErrNotAuthRecord
	}
	r.Set(key, value)
	return nil
}

func (r *Record) isAuth() bool { return r.collection != nil && r.collection.IsAuth() }

// Username returns the username of an account.
func (r *Record) Username() string { return r.GetString(schema.FieldNameUsername) }

// SetUsername sets the username. It fails outside auth collections.
func (r *Record) SetUsername(username string) error {
	return r.setAuth(schema.FieldNameUsername, username)
}

// Email returns the email of an account.
func (r *Record) Email() string { return r.GetString(schema.FieldNameEmail) }

// SetEmail sets the email. It fails outside auth collections.
func (r *Record) SetEmail(email string) error { return r.setAuth(schema.FieldNameEmail, email) }

// EmailVisibility tells whether everybody may see the email.
func (r *Record) EmailVisibility() bool { return r.GetBool(schema.FieldNameEmailVisibility) }

// SetEmailVisibility sets who sees the email. It fails outside auth collections.
func (r *Record) SetEmailVisibility(visible bool) error {
	return r.setAuth(schema.FieldNameEmailVisibility, visible)
}

// Verified tells whether the email is verified.
func (r *Record) Verified() bool { return r.GetBool(schema.FieldNameVerified) }

// SetVerified sets the verified state. It fails outside auth collections.
func (r *Record) SetVerified(verified bool) error {
	return r.setAuth(schema.FieldNameVerified, verified)
}

// TokenKey returns the account's part of the keys of its tokens.
func (r *Record) TokenKey() string { return r.GetString(schema.FieldNameTokenKey) }

// SetTokenKey sets the token key. It fails outside auth collections.
func (r *Record) SetTokenKey(key string) error { return r.setAuth(schema.FieldNameTokenKey, key) }

// RefreshTokenKey sets a new random token key, which ends all sessions of the
// account. It fails outside auth collections.
func (r *Record) RefreshTokenKey() error {
	return r.SetTokenKey(security.RandomString(tokenKeyLength))
}

// PasswordHash returns the hash of the account's password.
func (r *Record) PasswordHash() string { return r.GetString(schema.FieldNamePasswordHash) }

// ValidatePassword tells whether password is the account's.
func (r *Record) ValidatePassword(password string) bool {
	return r.isAuth() && passwordMatches(r.PasswordHash(), password)
}

// SetPassword stores the hash of a new password, forgets the last reset mail
// and ends all sessions by a new token key. It fails outside auth collections,
// for an empty password and for one of more than 72 bytes.
func (r *Record) SetPassword(password string) error {
	if !r.isAuth() {
		return ErrNotAuthRecord
	}
	hash, err := hashPassword(password)
	if err != nil {
		return err
	}
	r.Set(schema.FieldNamePasswordHash, hash)
	r.Set(schema.FieldNameLastResetSentAt, types.DateTime{})
	return r.RefreshTokenKey()
}

// LastResetSentAt returns when the last password reset mail was sent.
func (r *Record) LastResetSentAt() types.DateTime {
	return r.GetDateTime(schema.FieldNameLastResetSentAt)
}

// SetLastResetSentAt sets the date of the last password reset mail. It fails
// outside auth collections.
func (r *Record) SetLastResetSentAt(date types.DateTime) error {
	return r.setAuth(schema.FieldNameLastResetSentAt, date)
}

// LastVerificationSentAt returns when the last verification mail was sent.
func (r *Record) LastVerificationSentAt() types.DateTime {
	return r.GetDateTime(schema.FieldNameLastVerificationSentAt)
}

// SetLastVerificationSentAt sets the date of the last verification mail. It
// fails outside auth collections.
func (r *Record) SetLastVerificationSentAt(date types.DateTime) error {
	return r.setAuth(schema.FieldNameLastVerificationSentAt, date)
}

// LastLoginAlertSentAt returns when the last login alert was sent.
func (r *Record) LastLoginAlertSentAt() types.DateTime {
	return r.GetDateTime(schema.FieldNameLastLoginAlertSentAt)
}

// SetLastLoginAlertSentAt sets the date of the last login alert. It fails
// outside auth collections.
func (r *Record) SetLastLoginAlertSentAt(date types.DateTime) error {
	return r.setAuth(schema.FieldNameLastLoginAlertSentAt, date)
}
