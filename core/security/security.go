// Package security holds the small cryptographic tools of the server: random
// texts, digests, constant-time comparison, symmetric encryption and signed
// tokens. Every function is stateless and safe for concurrent use.
package security
