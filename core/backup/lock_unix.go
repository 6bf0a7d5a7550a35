//go:build unix

package backup

import (
	"errors"
	"os"
	"syscall"
)

const canLock = true

// lockFile takes the lock of an open file, which goes away with the process.
func lockFile(file *os.File) error {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return ErrLocked
	}
	return err
}

// unlockFile ends the lock for everybody who has the open file.
func unlockFile(file *os.File) {
	_ = syscall.Flock(int(file.Fd()), syscall.LOCK_UN) // closing follows
}
