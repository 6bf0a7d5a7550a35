package models

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/crypto/bcrypt"

	"github.com/tackleboxdev/tacklebox/internal/passwordcost"
)

// ErrEmptyPassword is returned when an empty password is set.
var ErrEmptyPassword = errors.New("the provided plain password is empty")

// hashing holds a token per password that is being worked on. That takes a
// processor for a quarter of a second; one processor is always left for
// everything else, however many sign-ins wait.
var hashing = make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1))

func hashPassword(password string) (string, error) {
	if password == "" {
		return "", ErrEmptyPassword
	}
	hashing <- struct{}{}
	defer func() { <-hashing }()
	hash, err := bcrypt.GenerateFromPassword([]byte(password), passwordcost.Current())
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return string(hash), nil
}

func passwordMatches(hash, password string) bool {
	hashing <- struct{}{}
	defer func() { <-hashing }()
	return bcrypt.CompareHashAndPassword([]byte(hash), []byte(password)) == nil
}

// VerifyPassword tells whether the hash is that of the password. It takes as
// long for something that is no hash, such as "" for an account that does not
// exist, so that its duration does not tell which accounts do. It gives up with
// the context while it waits for its turn.
func VerifyPassword(ctx context.Context, hash, password string) bool {
	known := true
	if _, err := bcrypt.Cost([]byte(hash)); err != nil {
		hash, known = passwordcost.Unmatched(), false
	}
	select {
	case hashing <- struct{}{}:
	case <-ctx.Done():
		return false
	}
	defer func() { <-hashing }()
	return bcrypt.CompareHashAndPassword([]byte(hash), []byte(password)) == nil && known
}
