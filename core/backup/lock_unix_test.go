//go:build unix

package backup

import (
	"errors"
	"syscall"
	"testing"
)

// TestReleaseEndsTheLock holds a second descriptor of the lock, as a program has that
// is being started, and takes the lock again.
func TestReleaseEndsTheLock(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	lock, err := Acquire(dir)
	if err != nil {
		t.Fatal(err)
	}
	other, err := syscall.Dup(int(lock.file.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = syscall.Close(other) }()
	if _, err := Acquire(dir); !errors.Is(err, ErrLocked) {
		t.Fatalf("taken twice: %v", err)
	}
	lock.Release()
	again, err := Acquire(dir)
	if err != nil {
		t.Fatal(err)
	}
	again.Release()
}
