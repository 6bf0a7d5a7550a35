package models

import "golang.org/x/crypto/bcrypt"

// Hashing at the real cost would be most of the time of the tests.
func init() { bcryptCost = bcrypt.MinCost }
