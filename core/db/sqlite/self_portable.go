//go:build !amd64 && !arm64

package sqlite

import (
	"bytes"
	"runtime"
	"strconv"
)

// self identifies the running goroutine: its id as a stack trace shows it.
func self() uintptr {
	var buf [64]byte
	text := bytes.TrimPrefix(buf[:runtime.Stack(buf[:], false)], []byte("goroutine "))
	id, _, _ := bytes.Cut(text, []byte(" "))
	n, _ := strconv.ParseUint(string(id), 10, 64) // 0 matches no owner
	return uintptr(n)
}
