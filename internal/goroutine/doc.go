// Package goroutine tells goroutines apart. It serves locks that must notice
// when their holder asks for them again; it is not a place to keep state.
package goroutine
