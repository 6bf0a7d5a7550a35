// Package archtest holds the rules about which package may import which, as a
// test. See ARCHITECTURE.md for the reasons.
package archtest
