package models

import (
	"github.com/tackleboxdev/tacklebox/core/security"
	"github.com/tackleboxdev/tacklebox/core/types"
)

// Admin is an account that may do everything. Its secrets are never encoded.
type Admin struct {
	BaseModel

	Avatar          int            `db:"avatar" json:"avatar"`
	Email           string         `db:"email" json:"email"`
	TokenKey        string         `db:"tokenKey" json:"-"`
	PasswordHash    string         `db:"passwordHash" json:"-"`
	LastResetSentAt types.DateTime `db:"lastResetSentAt" json:"-"`
}

// TableName returns "_admins".
func (m *Admin) TableName() string { return "_admins" }

// ValidatePassword tells whether password is the admin's.
func (m *Admin) ValidatePassword(password string) bool {
	return passwordMatches(m.PasswordHash, password)
}

// SetPassword stores the hash of a new password, forgets the last reset mail
// and ends all sessions by a new token key. It fails for an empty password and
// for one of more than 72 bytes.
func (m *Admin) SetPassword(password string) error {
	hash, err := hashPassword(password)
	if err != nil {
		return err
	}
	m.PasswordHash = hash
	m.LastResetSentAt = types.DateTime{}
	return m.RefreshTokenKey()
}

// RefreshTokenKey sets a new random token key. The error is always nil.
func (m *Admin) RefreshTokenKey() error {
	m.TokenKey = security.RandomString(tokenKeyLength)
	return nil
}
