package models

import (
	"errors"
	"fmt"

	"golang.org/x/crypto/bcrypt"
)

// ErrEmptyPassword is returned when an empty password is set.
var ErrEmptyPassword = errors.New("the provided plain password is empty")

// bcryptCost is what stored passwords cost to check. Tests lower it.
var bcryptCost = 12

func hashPassword(password string) (string, error) {
	if password == "" {
		return "", ErrEmptyPassword
	}
	hash, err := bcrypt.GenerateFromPassword([]byte(password), bcryptCost)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return string(hash), nil
}

func passwordMatches(hash, password string) bool {
	return bcrypt.CompareHashAndPassword([]byte(hash), []byte(password)) == nil
}
