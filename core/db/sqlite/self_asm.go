//go:build amd64 || arm64

package sqlite

// self identifies the running goroutine among those alive: the address of its
// runtime structure. The portable way, the id in a stack trace, costs 2 to
// 30 µs depending on the depth of the stack, which is more than a write.
func self() uintptr
