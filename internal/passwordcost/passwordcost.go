// Package passwordcost says how much work a stored password is. It stands apart
// from the code that hashes so that tests of everything above can make it cheap,
// and nobody outside of this module.
package passwordcost

import (
	"sync/atomic"

	"golang.org/x/crypto/bcrypt"
)

// Default is the bcrypt cost of passwords: a quarter of a second.
const Default = 12

// Hashes of passwords that nobody knows, at both costs.
const (
	unmatched        = "$2a$12$nuzDePsSk9CLFa076jaGd.H3wTo/kJscMCsKlJaWOf8QVltESnA6."
	loweredUnmatched = "$2a$04$YXqgMXJxBWbSxGky/IMrfOKC70S5lXkgOPGYjgKHYzxczid1Mz.uq"
)

var lowered atomic.Bool

// Current returns the bcrypt cost for new passwords.
func Current() int {
	if lowered.Load() {
		return bcrypt.MinCost
	}
	return Default
}

// Unmatched returns a hash that takes as long to check as the others and that
// no password has.
func Unmatched() string {
	if lowered.Load() {
		return loweredUnmatched
	}
	return unmatched
}

// Lower makes passwords cheap for the rest of the process. Only tests call it.
func Lower() { lowered.Store(true) }
