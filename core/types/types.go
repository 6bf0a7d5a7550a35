// Package types holds the small value types shared by the data layers: dates,
// raw JSON and JSON columns, plus the append-style JSON encoders the hot paths
// use. It promises that every type round-trips through database/sql and
// encoding/json, and that its encoders write exactly what encoding/json would.
package types

// Pointer returns a pointer to a copy of v.
//
//go:fix inline
func Pointer[T any](v T) *T { return new(v) }
