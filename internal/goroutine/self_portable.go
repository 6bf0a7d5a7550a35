//go:build !amd64 && !arm64

package goroutine

import (
	"bytes"
	"runtime"
	"strconv"
)

// Self returns a number that no other living goroutine has: its id as a stack
// trace shows it. It is never 0.
func Self() uintptr {
	var buf [64]byte
	text := bytes.TrimPrefix(buf[:runtime.Stack(buf[:], false)], []byte("goroutine "))
	id, _, _ := bytes.Cut(text, []byte(" "))
	n, _ := strconv.ParseUint(string(id), 10, 64)
	return uintptr(n)
}
