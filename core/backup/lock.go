package backup

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrLocked is a folder that another process is making a backup of or
// restoring.
var ErrLocked = errors.New("another process is making or restoring a backup")

// Lock is held by a process while it backs up or restores a folder. It ends
// with the process at the latest.
type Lock struct{ file *os.File }

// Acquire takes the lock of a folder without waiting; the error is ErrLocked
// when somebody holds it. The folder dir, in which the lock is kept, is created.
func Acquire(dir string) (*Lock, error) {
	if !canLock {
		return &Lock{}, os.MkdirAll(dir, 0o755)
	}
	for {
		lock, err := tryAcquire(dir)
		if lock != nil || err != nil {
			return lock, err
		}
	}
}

// tryAcquire returns nothing if the file of the lock was replaced meanwhile.
func tryAcquire(dir string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	name := filepath.Join(dir, "lock")
	file, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o644)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil // the folder was just removed by its last holder
	}
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	if err := lockFile(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	held, err := file.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("lock: %w", err), file.Close())
	}
	if there, err := os.Stat(name); err != nil || !os.SameFile(held, there) {
		return nil, file.Close()
	}
	return &Lock{file}, nil
}

// Release gives the lock up. A nil lock is not held. A program that is being started
// at this moment may still have the file, so closing alone would not end the lock.
func (l *Lock) Release() {
	if l != nil && l.file != nil {
		unlockFile(l.file)
		_ = l.file.Close() // it was not written to
	}
}
