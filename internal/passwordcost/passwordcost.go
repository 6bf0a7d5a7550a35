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

var lowered atomic.Bool

// Current returns the bcrypt cost for new passwords.
func Current() int {
	if lowered.Load() {
		return bcrypt.MinCost
	}
	return Default
}

// Lower makes passwords that are set from now on cheap, for the rest of the
// process. Only tests call it.
func Lower() { lowered.Store(true) }
